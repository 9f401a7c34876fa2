"""Waiting for what is sold out: one party, what it asked for and what became of that."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import ClassVar

import attrs

from domain.bookings.requests import BaseBookingRequest
from domain.bookings.waiting_events import (
    SavingEnded,
    UnitsSavedUp,
    WaitingAccepted,
    WaitingCalledOff,
    WaitingEnded,
    WaitingEvent,
    WaitingJoined,
    WaitingOffered,
    WaitingWithdrawn,
)
from domain.kernel.claims import Claim
from domain.kernel.events import Event
from domain.kernel.identifiers import BookingId, HoldId, PoolId, ResourceId, WaitingId
from domain.kernel.refusals import Conflict, NotFound


@attrs.frozen
class WaitingEntryNotFound(NotFound):
    code: ClassVar[str] = "waiting_entry_not_found"
    waiting_id: WaitingId

    def __str__(self) -> str:
        return f"no entry {self.waiting_id} on any waiting list"


@attrs.frozen
class NotSoldOut(Conflict):
    code: ClassVar[str] = "not_sold_out"
    resource_id: ResourceId

    def __str__(self) -> str:
        return "all of that can be had right now: hold it instead of waiting for it"


@attrs.frozen
class CannotBeWaitedFor(Conflict):
    """What is not counted in pools comes free in no order that could be kept."""

    code: ClassVar[str] = "cannot_be_waited_for"
    resource_id: ResourceId

    def __str__(self) -> str:
        return f"there is no waiting list for this kind of booking of {self.resource_id}"


@attrs.frozen
class AlreadyWaiting(Conflict):
    code: ClassVar[str] = "already_waiting"
    waiting_id: WaitingId

    def __str__(self) -> str:
        return f"this address waits for it already, as {self.waiting_id}"


@attrs.frozen
class NoLongerWaiting(Conflict):
    """An offer is declined by releasing its booking."""

    code: ClassVar[str] = "no_longer_waiting"
    waiting_id: WaitingId
    state: str

    def __str__(self) -> str:
        return f"entry {self.waiting_id} is {self.state}, not waiting"


class WaitingState(Enum):
    """`waiting` ends as offered, expired or withdrawn, `offered` as booked, expired or withdrawn.

    Nobody comes back from an offer: whoever lets it pass joins anew.
    """

    WAITING = "waiting"
    OFFERED = "offered"
    BOOKED = "booked"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Rule(Enum):
    """Why an offer was made to this party, and not to another one."""

    FIRST_IN_LINE = "first_in_line"
    FITS_SOONER = "fits_sooner"
    SAVED_UP = "saved_up"


@attrs.frozen(kw_only=True)
class PassedOver:
    """A party that joined earlier and was too large; `times` counts this one, too."""

    waiting_id: WaitingId
    times: int


@attrs.frozen(kw_only=True)
class Reason:
    """`position` is the place among those who waited for what had come free, from 1."""

    rule: Rule
    position: int
    passed_over: tuple[PassedOver, ...] = ()


@attrs.frozen(kw_only=True)
class WaitingRules:
    """An offer lasts `offered_for`. After `passes` smaller parties, units are saved up.

    They are saved for no longer than `saved_for`.
    """

    offered_for: timedelta
    passes: int = 3
    saved_for: timedelta = timedelta(hours=48)


@attrs.frozen(kw_only=True)
class WaitingEntry:
    """A party waits for all of its `claims` or nothing; `saved` are those it has already.

    Until `saving_until` whatever comes free is saved up for it, once it has been passed over often
    enough; that happens once, so a party which never fits keeps nobody waiting for good.
    From `closes_at` on, there is nothing to wait for. `called_off` says why, in words for the
    customer, if it does not take place at all.
    """

    id: WaitingId
    stock_id: ResourceId
    request: BaseBookingRequest
    claims: tuple[Claim, ...]
    joined_at: datetime
    closes_at: datetime
    state: WaitingState = WaitingState.WAITING
    passed: int = 0
    saved: tuple[Claim, ...] = ()
    saving_until: datetime | None = None
    booking_id: BookingId | None = None
    reason: Reason | None = None
    called_off: str | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def join(
        cls,
        id: WaitingId,
        request: BaseBookingRequest,
        claims: tuple[Claim, ...],
        *,
        stock_id: ResourceId,
        closes_at: datetime,
        now: datetime,
    ) -> "WaitingEntry":
        joined = WaitingJoined(waiting_id=id, resource_id=request.resource_id, occurred_at=now)
        return cls(
            id=id,
            stock_id=stock_id,
            request=request,
            claims=claims,
            joined_at=now,
            closes_at=closes_at,
            events=(joined,),
        )

    @property
    def hold_id(self) -> HoldId:
        """The name under which inventory keeps what is saved up."""
        return HoldId(self.id)

    @property
    def pools(self) -> tuple[PoolId, ...]:
        return tuple(claim.pool_id for claim in self.claims)

    @property
    def missing(self) -> Mapping[PoolId, int]:
        """What has to come free before everything is there."""
        saved = {claim.pool_id: claim.units for claim in self.saved}
        short = {c.pool_id: c.units - saved.get(c.pool_id, 0) for c in self.claims}
        return {pool_id: units for pool_id, units in short.items() if units > 0}

    @property
    def due_at(self) -> datetime:
        """When something is to be done about it, if nothing comes free until then."""
        if self.saved and self.saving_until is not None:
            return min(self.saving_until, self.closes_at)
        return self.closes_at

    def may_save(self, rules: WaitingRules, now: datetime) -> bool:
        if self.passed < rules.passes:
            return False
        return self.saving_until is None or now < self.saving_until

    def pass_over(self) -> "WaitingEntry":
        """Somebody behind it, or somebody from the street, got what came free."""
        return attrs.evolve(self, passed=self.passed + 1)

    def save_up(
        self, units: Mapping[PoolId, int], *, rules: WaitingRules, now: datetime
    ) -> "WaitingEntry":
        saved = {claim.pool_id: claim.units for claim in self.saved}
        for pool_id, number in units.items():
            saved[pool_id] = saved.get(pool_id, 0) + number
        until = self.saving_until or min(now + rules.saved_for, self.closes_at)
        return self._next(
            self._event(UnitsSavedUp, now, units=sum(units.values()), until=until),
            saved=tuple(Claim(pool_id, number) for pool_id, number in sorted(saved.items())),
            saving_until=until,
        )

    def stop_saving(self, *, now: datetime) -> "WaitingEntry":
        """Others may have what was saved up; the party goes on waiting for all at once."""
        return self._next(self._event(SavingEnded, now), saved=())

    def offer(
        self, booking_id: BookingId, reason: Reason, *, expires_at: datetime, now: datetime
    ) -> "WaitingEntry":
        self._must_be(WaitingState.WAITING)
        offered = self._event(
            WaitingOffered,
            now,
            booking_id=booking_id,
            rule=reason.rule.value,
            position=reason.position,
            passed_over=tuple(party.waiting_id for party in reason.passed_over),
            expires_at=expires_at,
        )
        return self._next(
            offered, state=WaitingState.OFFERED, booking_id=booking_id, reason=reason, saved=()
        )

    def accept(self, *, now: datetime) -> "WaitingEntry":
        self._must_be(WaitingState.OFFERED)
        accepted = self._event(WaitingAccepted, now, booking_id=self.booking_id)
        return self._next(accepted, state=WaitingState.BOOKED)

    def decline(self, *, now: datetime) -> "WaitingEntry":
        self._must_be(WaitingState.OFFERED)
        return self._next(self._event(WaitingWithdrawn, now), state=WaitingState.WITHDRAWN)

    def withdraw(self, *, now: datetime) -> "WaitingEntry":
        self._must_be(WaitingState.WAITING)
        return self._next(
            self._event(WaitingWithdrawn, now), state=WaitingState.WITHDRAWN, saved=()
        )

    def expire(self, *, now: datetime) -> "WaitingEntry":
        """There is nothing left to wait for, or nobody has taken the offer in time."""
        return self._next(self._event(WaitingEnded, now), state=WaitingState.EXPIRED, saved=())

    def call_off(self, *, reason: str, now: datetime) -> "WaitingEntry":
        """What was waited for, or offered, does not take place. Raises NoLongerWaiting."""
        if self.state not in (WaitingState.WAITING, WaitingState.OFFERED):
            raise NoLongerWaiting(self.id, self.state.value)
        told = self._event(WaitingCalledOff, now, booking_id=self.booking_id, reason=reason)
        return self._next(told, state=WaitingState.EXPIRED, saved=(), called_off=reason)

    def _must_be(self, state: WaitingState) -> None:
        if self.state is not state:
            raise NoLongerWaiting(self.id, self.state.value)

    def _event(self, kind: type[WaitingEvent], now: datetime, **members: object) -> WaitingEvent:
        resource_id = self.request.resource_id
        return kind(waiting_id=self.id, resource_id=resource_id, occurred_at=now, **members)

    def _next(self, event: Event, **changes: object) -> "WaitingEntry":
        # mypy checks evolve against each caller's keywords only when they are spelled out.
        return attrs.evolve(self, events=(*self.events, event), **changes)  # type: ignore[arg-type]


def pools_of(entries: Sequence[WaitingEntry]) -> set[PoolId]:
    return {pool_id for entry in entries for pool_id in entry.pools}
