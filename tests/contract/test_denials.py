"""What was denied is counted, and told to the trail in sums that nobody can make many of."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import TypeVar
from uuid import UUID, uuid4

import attrs
import pytest
from sqlalchemy import select

from adapters.repositories.denials import SqlDenialCounts, SqlDenialViews, SqlDenialWork
from adapters.schema.events import event_log
from adapters.sql.database import Database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.identity.denial_ports import DenialCounts, DenialViews, DenialWork
from application.identity.tell_denials import TellDenials, TellDenialsHandler
from application.kernel.facts import Facts
from application.kernel.once import Once
from application.kernel.ports import UnitOfWork
from application.kernel.rate_limits import PUBLIC
from domain.identity.denials import SUMMED_FOR, Denial, Proof
from domain.kernel.actors import Actor
from domain.kernel.events import Event
from domain.kernel.identifiers import MemberId, OrganizationId
from tests.contract.crowds import race
from tests.contract.databases import opened
from tests.fakes.denials import MemoryDenials
from tests.fakes.time import Time
from tests.samples import DESK, NOW, SECOND

pytestmark = pytest.mark.anyio

Decision = TypeVar("Decision")
Told = tuple[str, UUID, UUID, str | None, int]
"""The name of a fact, its subject, who is said to have done it, from where, and how often."""

HERE = attrs.evolve(DESK, organization_id=OrganizationId(UUID(int=77)))
NETWORK, ANOTHER = "192.0.2.0/24", "198.51.100.0/24"
REFUSED = Denial(
    organization_id=HERE.organization_id, subject=HERE.id, what="bookings:write", origin=NETWORK
)


def failed(member_id: MemberId | None = None, of: OrganizationId = HERE.organization_id) -> Denial:
    return Denial.of_proof(Proof.PASSWORD, organization_id=of, member_id=member_id, origin=NETWORK)


@attrs.frozen
class MemoryTrail(UnitOfWork[DenialWork], DenialWork, Facts):
    denials: MemoryDenials
    actors: list[Actor] = attrs.field(factory=list)
    events: list[Told] = attrs.field(factory=list)

    @property
    def facts(self) -> Facts:
        return self

    async def __call__(
        self,
        actor: Actor,
        decide: Callable[[DenialWork], Decision],
        /,
        *,
        once: Once[Decision] | None = None,
    ) -> Decision:
        assert once is None
        self.actors.append(actor)
        return decide(self)

    def publish(self, events: Sequence[Event]) -> None:
        actor = self.actors[-1]
        for event in events:
            number = getattr(event, "number", 0)
            self.events.append((event.name, event.subject, actor.id, actor.origin, number))


@attrs.frozen(kw_only=True)
class Trail:
    counts: DenialCounts
    views: DenialViews
    work: UnitOfWork[DenialWork]
    clock: Time
    storage: Database | MemoryTrail

    async def note(self, *denials: Denial) -> None:
        for denial in denials:
            await self.counts.note(denial)

    async def tell(self, actor: Actor = HERE) -> int:
        tell = TellDenialsHandler(unit_of_work=self.work, views=self.views, clock=self.clock)
        return await tell(TellDenials(actor=actor))

    async def told(self) -> list[Told]:
        if isinstance(self.storage, MemoryTrail):
            return self.storage.events
        log = event_log.c
        question = select(event_log).where(log.organization_id == HERE.organization_id)
        question = question.order_by(log.arrival)
        rows = await self.storage.read(
            lambda connection: connection.execute(question).all(),
            of=HERE.organization_id,
        )
        return [
            (row.name, row.subject, row.actor_id, row.origin, row.payload["number"])
            for row in rows
        ]


@pytest.fixture
async def trail(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_storage_url: str | None,
) -> AsyncIterator[Trail]:
    clock = Time(NOW)
    if any_storage_url is None:
        counted = MemoryDenials(clock)
        kept = MemoryTrail(counted)
        yield Trail(counts=counted, views=counted, work=kept, clock=clock, storage=kept)
        return
    async with opened(any_storage_url) as database:
        work = SqlUnitOfWork[DenialWork](
            database=database, work_on=SqlDenialWork.on, new_id=uuid4, clock=clock
        )
        yield Trail(
            counts=SqlDenialCounts(database=database, clock=clock),
            views=SqlDenialViews(database),
            work=work,
            clock=clock,
            storage=database,
        )


async def test_denials_are_told_in_sums_once_their_time_is_over(trail: Trail) -> None:
    bert = MemberId(uuid4())
    await trail.note(*[REFUSED] * 30, attrs.evolve(REFUSED, origin=ANOTHER))
    trail.clock.passes(SECOND)
    await trail.note(failed(), failed(bert), failed(bert))
    trail.clock.passes(SUMMED_FOR - 2 * SECOND)
    assert list(await trail.views.organizations(now=trail.clock())) == []
    assert await trail.tell() == 0
    trail.clock.passes(2 * SECOND)

    assert list(await trail.views.organizations(now=trail.clock())) == [HERE.organization_id]
    assert await trail.tell(DESK) == 0
    assert (await trail.tell(), await trail.tell()) == (3, 0)
    system, ours = Actor.system(HERE.organization_id).id, HERE.organization_id
    first, *rest = await trail.told()
    assert first == ("access_refused", HERE.id, HERE.id, ANOTHER, 31)
    assert sorted(rest, key=lambda one: one[-1]) == [
        ("sign_ins_failed", ours, system, NETWORK, 1),
        ("sign_ins_failed", bert, system, NETWORK, 2),
    ]


async def test_what_is_denied_afterwards_is_counted_anew(trail: Trail) -> None:
    for _ in range(2):
        await trail.note(REFUSED)
        trail.clock.passes(SUMMED_FOR)
        await trail.tell()

    assert [number for *_, number in await trail.told()] == [1, 1]


async def test_of_organizations_that_do_not_exist_nothing_is_told(trail: Trail) -> None:
    await trail.note(failed(of=PUBLIC))
    trail.clock.passes(SUMMED_FOR)

    assert await trail.tell(Actor.system(PUBLIC)) == 1
    assert await trail.tell(Actor.system(PUBLIC)) == 0
    assert await trail.told() == []


async def test_two_workers_tell_a_sum_once(trail: Trail) -> None:
    await trail.note(*[REFUSED] * 5)
    trail.clock.passes(SUMMED_FOR)

    await race([trail.tell() for _ in range(4)])

    assert [number for *_, number in await trail.told()] == [5]
