"""Storage in memory, as strict as the real one; one transaction at a time, like SQLite."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

import anyio
import attrs

from application.bookings.ports import Bookings, BookingWork, Quotes, SalesTermsOfResources
from application.inventory.ports import Facts, Inventory, InventoryWork, Resources
from application.kernel.jobs import Job, JobQueue, QueuedJob
from application.kernel.once import Answer, KeyReused, Once, Replayed
from application.kernel.ports import Stale, UnitOfWork
from application.kernel.subscribers import SubscriberWork
from domain.bookings.booking import Booking, BookingNotFound, BookingState
from domain.bookings.quotes import Quote, QuoteNotFound
from domain.bookings.sales_terms import NoSalesTerms, SalesTerms
from domain.inventory.pools import CapacityBelowTaken, Pool, require_free
from domain.inventory.resources import Resource, ResourceNotFound
from domain.kernel.actors import Actor
from domain.kernel.claims import Claim
from domain.kernel.events import Event
from domain.kernel.identifiers import (
    ActorId,
    BookingId,
    HoldId,
    JobId,
    OrganizationId,
    PoolId,
    QuoteId,
    ResourceId,
)

Decision = TypeVar("Decision")
Key = TypeVar("Key")
Row = TypeVar("Row")
Versioned = Booking | Resource | SalesTerms


class Dangling(Exception):
    """Refers to nothing that is stored: a foreign key would not have it."""


@attrs.frozen
class Rows:
    """What one organization has stored. Its values are frozen, so shallow copies are snapshots."""

    resources: dict[ResourceId, Resource] = attrs.field(factory=dict)
    sales_terms: dict[ResourceId, SalesTerms] = attrs.field(factory=dict)
    quotes: dict[QuoteId, Quote] = attrs.field(factory=dict)
    bookings: dict[BookingId, Booking] = attrs.field(factory=dict)
    pools: dict[PoolId, Pool] = attrs.field(factory=dict)
    claims: dict[HoldId, tuple[Claim, ...]] = attrs.field(factory=dict)
    answers: dict[tuple[ActorId, str], tuple[bytes, Answer]] = attrs.field(factory=dict)
    events: list[Event] = attrs.field(factory=list)
    jobs: list[QueuedJob] = attrs.field(factory=list)

    def copy(self) -> "Rows":
        return Rows(*(copy(table) for table in attrs.astuple(self, recurse=False)))

    def held(self) -> Iterator[Booking]:
        return (b for b in self.bookings.values() if b.state is BookingState.HELD)

    def claims_of(self, booking: Booking) -> tuple[Claim, ...]:
        return self.claims.get(booking.hold_id, ())


@attrs.frozen
class Memory(UnitOfWork["MemoryWork"]):
    """Works on a copy, which takes the place of the original if all goes well."""

    organizations: dict[OrganizationId, Rows] = attrs.field(factory=dict)
    turn: anyio.Lock = attrs.field(factory=anyio.Lock)

    async def __call__(
        self,
        actor: Actor,
        decide: Callable[["MemoryWork"], Decision],
        /,
        *,
        once: Once[Decision] | None = None,
    ) -> Decision:
        async with self.turn:
            rows = self.rows(actor)
            if once is not None:
                _replay(rows, actor, once)
            decision = decide(MemoryWork.on(rows, actor))
            if once is not None:
                rows.answers[actor.id, once.key] = once.fingerprint, once.answer(decision)
            self.organizations[actor.organization_id] = rows
            return decision

    def rows(self, actor: Actor) -> Rows:
        """What the actor's organization has stored by now; for tests to look at."""
        return self.organizations.get(actor.organization_id, Rows()).copy()


def _replay(rows: Rows, actor: Actor, once: Once[Decision]) -> None:
    if (actor.id, once.key) in rows.answers:
        fingerprint, answer = rows.answers[actor.id, once.key]
        raise Replayed(answer) if fingerprint == once.fingerprint else KeyReused()


def _found(table: Mapping[Key, Row], key: Key, refusal: Callable[[Key], Exception]) -> Row:
    row = table.get(key)
    if row is None:
        raise refusal(key)
    return row


def _next_version(stored: Versioned | None, expected: int) -> int:
    actual = stored.version if stored else 0
    if actual != expected:
        raise Stale(f"version {expected} is now {actual}")
    return actual + 1


@attrs.frozen
class MemoryBookings(Bookings):
    rows: Rows

    def get(self, booking_id: BookingId) -> Booking:
        return _found(self.rows.bookings, booking_id, BookingNotFound)

    def overdue(
        self, *, now: datetime, limit: int, pools: Sequence[PoolId] | None = None
    ) -> Sequence[Booking]:
        late = (booking for booking in self.rows.held() if booking.expires_at <= now)
        if pools is not None:
            late = (b for b in late if any(c.pool_id in pools for c in self.rows.claims_of(b)))
        return sorted(late, key=lambda booking: booking.expires_at)[:limit]

    def save(self, booking: Booking) -> Booking:
        stored = self.rows.bookings.get(booking.id)
        version = _next_version(stored, booking.version)
        others = (other for id, other in self.rows.bookings.items() if id != booking.id)
        if booking.reference in {other.reference for other in others}:
            raise Stale(f"reference {booking.reference} is taken")
        saved = attrs.evolve(booking, version=version, events=())
        self.rows.bookings[booking.id] = saved
        self.rows.events.extend(booking.events)
        return saved

    def save_states(self, bookings: Sequence[Booking]) -> None:
        if len({booking.state for booking in bookings}) > 1:
            raise ValueError("all the same state")
        for booking in bookings:
            stored = self.rows.bookings.get(booking.id)
            if stored is None or stored.version != booking.version:
                raise Stale(f"booking {booking.id}")
            changed = attrs.evolve(stored, state=booking.state, version=stored.version + 1)
            self.rows.bookings[booking.id] = changed
            self.rows.events.extend(booking.events)


@attrs.frozen
class MemoryQuotes(Quotes):
    rows: Rows

    def get(self, quote_id: QuoteId) -> Quote:
        return _found(self.rows.quotes, quote_id, QuoteNotFound)

    def add(self, quote: Quote) -> None:
        if quote.id in self.rows.quotes:
            raise Stale(f"quote {quote.id} is there already")
        self.rows.quotes[quote.id] = quote


@attrs.frozen
class MemorySalesTerms(SalesTermsOfResources):
    rows: Rows

    def find(self, resource_id: ResourceId) -> SalesTerms | None:
        return self.rows.sales_terms.get(resource_id)

    def get(self, resource_id: ResourceId) -> SalesTerms:
        return _found(self.rows.sales_terms, resource_id, NoSalesTerms)

    def save(self, terms: SalesTerms) -> SalesTerms:
        _must_exist(self.rows, terms.resource_id)
        stored = self.find(terms.resource_id)
        version = _next_version(stored, terms.version)
        saved = attrs.evolve(terms, version=version, events=())
        self.rows.sales_terms[terms.resource_id] = saved
        self.rows.events.extend(terms.events)
        return saved


@attrs.frozen
class MemoryResources(Resources):
    rows: Rows

    def get(self, resource_id: ResourceId) -> Resource:
        return _found(self.rows.resources, resource_id, ResourceNotFound)

    def save(self, resource: Resource) -> Resource:
        stored = self.rows.resources.get(resource.id)
        version = _next_version(stored, resource.version)
        saved = attrs.evolve(resource, version=version, events=())
        self.rows.resources[resource.id] = saved
        self.rows.events.extend(resource.events)
        return saved


@attrs.frozen
class MemoryInventory(Inventory):
    rows: Rows

    def take(self, hold_id: HoldId, claims: Sequence[Claim]) -> None:
        wanted = {claim.pool_id for claim in claims}
        if not wanted or len(wanted) < len(claims):
            raise ValueError("one claim a pool, and at least one")
        require_free(claims, self.rows.pools, self._next_releases())
        standing = self.rows.claims.get(hold_id, ())
        if any(claim.pool_id in wanted for claim in standing):
            raise Stale(f"{hold_id} has taken that already")
        self._move(claims, sign=1)
        self.rows.claims[hold_id] = (*standing, *claims)

    def give_back(self, hold_ids: Sequence[HoldId]) -> None:
        for hold_id in hold_ids:
            self._move(self.rows.claims.pop(hold_id, ()), sign=-1)

    def open(self, pools: Sequence[Pool]) -> None:
        for pool in pools:
            _must_exist(self.rows, pool.resource_id)
        opened = [self._opened(pool) for pool in pools]
        refused = tuple(pool.id for pool in opened if not _is_sound(pool))
        if refused:
            raise CapacityBelowTaken(refused)
        self.rows.pools.update({pool.id: pool for pool in opened})

    def _opened(self, new: Pool) -> Pool:
        """What is taken stays taken, and a pool stays where it belongs."""
        old = self.rows.pools.get(new.id, attrs.evolve(new, taken=0))
        return attrs.evolve(new, resource_id=old.resource_id, day=old.day, taken=old.taken)

    def _move(self, claims: Iterable[Claim], *, sign: int) -> None:
        for claim in claims:
            pool = self.rows.pools[claim.pool_id]
            self.rows.pools[pool.id] = attrs.evolve(pool, taken=pool.taken + sign * claim.units)
            assert _is_sound(self.rows.pools[pool.id])

    def _next_releases(self) -> Mapping[PoolId, datetime]:
        held = sorted(self.rows.held(), key=lambda booking: booking.expires_at, reverse=True)
        return {c.pool_id: b.expires_at for b in held for c in self.rows.claims_of(b)}


def _is_sound(pool: Pool) -> bool:
    return 0 <= pool.taken <= pool.capacity + pool.allowance


def _must_exist(rows: Rows, resource_id: ResourceId) -> None:
    if resource_id not in rows.resources:
        raise Dangling(f"resource {resource_id}")


@attrs.frozen
class MemoryOutbox(Facts, JobQueue):
    rows: Rows
    owner: OrganizationId

    def publish(self, events: Sequence[Event]) -> None:
        self.rows.events.extend(events)

    def enqueue(self, job: Job) -> None:
        id, payload = JobId(uuid4()), dict(job.payload)
        queued = QueuedJob(id=id, organization_id=self.owner, name=job.name, payload=payload)
        self.rows.jobs.append(queued)


@attrs.frozen
class MemoryWork(BookingWork, InventoryWork, SubscriberWork):
    """Every feature's work at once: all of them share one transaction."""

    bookings: MemoryBookings
    quotes: MemoryQuotes
    sales_terms: MemorySalesTerms
    inventory: MemoryInventory
    resources: MemoryResources
    facts: MemoryOutbox
    jobs: MemoryOutbox

    @classmethod
    def on(cls, rows: Rows, actor: Actor) -> "MemoryWork":
        outbox = MemoryOutbox(rows, actor.organization_id)
        return cls(
            bookings=MemoryBookings(rows),
            quotes=MemoryQuotes(rows),
            sales_terms=MemorySalesTerms(rows),
            inventory=MemoryInventory(rows),
            resources=MemoryResources(rows),
            facts=outbox,
            jobs=outbox,
        )
