"""The rest of a deposit, watched until it is paid: a reminder, some grace, then the end."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, ClassVar

import attrs

from domain.bookings.booking import Booking
from domain.bookings.instalment_events import (
    InstalmentEvent,
    InstalmentLate,
    InstalmentMissed,
    InstalmentReminded,
)
from domain.kernel.events import Event
from domain.kernel.identifiers import BookingId, InstalmentId
from domain.kernel.money import Money


class Stage(Enum):
    """`late` while the grace lasts, `overdue` once it is over and the booking stays."""

    AHEAD = "ahead"
    REMINDED = "reminded"
    LATE = "late"
    OVERDUE = "overdue"


@attrs.frozen(kw_only=True)
class InstalmentRules:
    """Whoever has not paid when the grace is over is cancelled with the agreed fee, or kept."""

    remind_before: timedelta = timedelta(hours=72)
    grace: timedelta = timedelta(hours=48)
    cancels: bool = False


USUAL_RULES = InstalmentRules()
"""For whoever has set none."""


@attrs.frozen(kw_only=True)
class WatchedInstalment:
    """Of one booking; at `next_at` somebody looks whether it is paid."""

    LOOKED_AT_AGAIN: ClassVar[timedelta] = timedelta(hours=1)
    OVERDUE_LOOKED_AT_AGAIN: ClassVar[timedelta] = timedelta(days=1)

    id: InstalmentId
    booking_id: BookingId
    due_at: datetime
    next_at: datetime
    stage: Stage = Stage.AHEAD
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def of(
        cls, id: InstalmentId, booking: Booking, *, now: datetime
    ) -> "WatchedInstalment | None":
        """Nothing of what was to be paid at once. It is looked at as soon as somebody can."""
        due_at = rest_due_at(booking)
        if due_at is None:
            return None
        return cls(id=id, booking_id=booking.id, due_at=due_at, next_at=now)

    def due_anew(self, due_at: datetime, *, now: datetime) -> "WatchedInstalment":
        """The booking was moved: all of it begins again, if that makes a difference."""
        if due_at == self.due_at:
            return self
        return attrs.evolve(self, due_at=due_at, next_at=now, stage=Stage.AHEAD)

    def grace_is_over(self, now: datetime) -> bool:
        return self.stage in {Stage.LATE, Stage.OVERDUE} and self.next_at <= now

    def looked_at(
        self, *, missing: Money, rules: InstalmentRules, now: datetime
    ) -> "WatchedInstalment":
        """Before the grace is over, and while it is not paid."""
        if self.stage in {Stage.LATE, Stage.OVERDUE}:
            return self
        if now >= self.due_at:
            until = now + rules.grace
            said = {"missing": missing, "grace_until": until}
            return self._told(InstalmentLate, said, now, stage=Stage.LATE, next_at=until)
        remind_at = self.due_at - rules.remind_before
        if now < remind_at:
            return attrs.evolve(self, next_at=remind_at)
        if self.stage is Stage.REMINDED:
            return attrs.evolve(self, next_at=self.due_at)
        said = {"missing": missing, "due_at": self.due_at}
        return self._told(InstalmentReminded, said, now, stage=Stage.REMINDED, next_at=self.due_at)

    def waits(self, *, now: datetime) -> "WatchedInstalment":
        """Somebody is paying just now, or has the money set aside."""
        return attrs.evolve(self, next_at=now + self.LOOKED_AT_AGAIN)

    def overdue(self, *, missing: Money, now: datetime) -> "WatchedInstalment":
        """The booking stays. Told of once, and looked at until it is paid."""
        next_at = now + self.OVERDUE_LOOKED_AT_AGAIN
        if self.stage is Stage.OVERDUE:
            return attrs.evolve(self, next_at=next_at)
        said = {"missing": missing, "cancelled": False}
        return self._told(InstalmentMissed, said, now, stage=Stage.OVERDUE, next_at=next_at)

    def cancelled(self, *, missing: Money, now: datetime) -> "WatchedInstalment":
        """The booking does not stay."""
        return self._told(InstalmentMissed, {"missing": missing, "cancelled": True}, now)

    def _told(
        self, what: type[InstalmentEvent], said: Mapping[str, Any], now: datetime, **becomes: Any
    ) -> "WatchedInstalment":
        event = what(instalment_id=self.id, booking_id=self.booking_id, occurred_at=now, **said)
        return attrs.evolve(self, **becomes, events=(*self.events, event))


def rest_due_at(booking: Booking) -> datetime | None:
    """When the rest of the price is due, if it was not all due at once."""
    deposit, price = booking.agreement.conditions.deposit, booking.agreement.price.total
    if deposit is None or price.percent(deposit.percent) == price:
        return None
    return booking.starts_at - timedelta(hours=deposit.hours_before)
