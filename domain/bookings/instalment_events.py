"""What other features may know about instalments that are not paid."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import BookingId, InstalmentId
from domain.kernel.money import Money


@attrs.frozen(kw_only=True)
class InstalmentEvent(Event):
    instalment_id: InstalmentId
    booking_id: BookingId
    missing: Money

    @property
    def subject(self) -> UUID:
        return self.instalment_id


@attrs.frozen(kw_only=True)
class InstalmentReminded(InstalmentEvent):
    """It will be due soon."""

    name: ClassVar[str] = "instalment_reminded"
    due_at: datetime


@attrs.frozen(kw_only=True)
class InstalmentLate(InstalmentEvent):
    """It was due and is not paid; nothing comes of it before the grace is over."""

    name: ClassVar[str] = "instalment_late"
    grace_until: datetime


@attrs.frozen(kw_only=True)
class InstalmentMissed(InstalmentEvent):
    """It was not paid in time: the booking is cancelled for it, or stays and is overdue."""

    name: ClassVar[str] = "instalment_missed"
    cancelled: bool


EVERY = (InstalmentReminded, InstalmentLate, InstalmentMissed)
