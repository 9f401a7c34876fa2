"""The states of a booking, and what is refused because of the state it is in."""

from datetime import datetime, timedelta
from enum import Enum
from typing import ClassVar

import attrs

from domain.kernel.identifiers import BookingId
from domain.kernel.refusals import Conflict, NotFound


class BookingState(Enum):
    """`held` ends as confirmed, released, declined or expired; the rest happens to the confirmed.

    No state is left for an earlier one, and none is skipped but `in_progress`; only what was
    released or has expired is confirmed once more, when it was paid for just too late.
    """

    HELD = "held"
    CONFIRMED = "confirmed"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    RELEASED = "released"
    DECLINED = "declined"
    EXPIRED = "expired"

    @property
    def takes_units(self) -> bool:
        """Whether claims stand for a booking in this state; those of the past keep theirs."""
        return self in TAKING_UNITS


TAKING_UNITS = (
    BookingState.HELD,
    BookingState.CONFIRMED,
    BookingState.IN_PROGRESS,
    BookingState.COMPLETED,
    BookingState.NO_SHOW,
)


# Something is still to come of these.
OPEN = (BookingState.HELD, BookingState.CONFIRMED, BookingState.IN_PROGRESS)


class HoldPurpose(Enum):
    """What a held booking waits for."""

    PAYMENT = "payment"
    INQUIRY = "inquiry"
    APPROVAL = "approval"
    OFFER = "offer"


@attrs.frozen(kw_only=True)
class HoldTerms:
    """How long a hold lasts, and how long at the most, counted from its beginning."""

    lasts: timedelta
    at_most: timedelta


@attrs.frozen
class BookingNotFound(NotFound):
    code: ClassVar[str] = "booking_not_found"
    booking_id: BookingId

    def __str__(self) -> str:
        return f"no booking {self.booking_id}"


@attrs.frozen
class HoldExpired(Conflict):
    code: ClassVar[str] = "hold_expired"
    booking_id: BookingId

    def __str__(self) -> str:
        return f"the hold of booking {self.booking_id} has expired"


@attrs.frozen
class WrongState(Conflict):
    """`state` is the one the booking is in."""

    wanted: ClassVar[str]
    booking_id: BookingId
    state: str

    def __str__(self) -> str:
        return f"booking {self.booking_id} is {self.state}, not {self.wanted}"


@attrs.frozen
class NotHeld(WrongState):
    code: ClassVar[str] = "not_held"
    wanted: ClassVar[str] = "held"


@attrs.frozen
class NotConfirmed(WrongState):
    code: ClassVar[str] = "not_confirmed"
    wanted: ClassVar[str] = "confirmed"


@attrs.frozen
class NotInProgress(WrongState):
    code: ClassVar[str] = "not_in_progress"
    wanted: ClassVar[str] = "in progress"


@attrs.frozen
class NoLongerOpen(WrongState):
    code: ClassVar[str] = "no_longer_open"
    wanted: ClassVar[str] = "open to changes"


@attrs.frozen
class AwaitsApproval(Conflict):
    code: ClassVar[str] = "awaits_approval"
    booking_id: BookingId

    def __str__(self) -> str:
        return f"booking {self.booking_id} waits to be approved or declined"


@attrs.frozen
class NothingToApprove(Conflict):
    code: ClassVar[str] = "nothing_to_approve"
    booking_id: BookingId

    def __str__(self) -> str:
        return f"booking {self.booking_id} does not wait for approval"


@attrs.frozen
class HoldAtItsLongest(Conflict):
    code: ClassVar[str] = "hold_at_its_longest"
    booking_id: BookingId
    expires_at: datetime

    def __str__(self) -> str:
        return f"the hold ends at {self.expires_at.isoformat()} and cannot be extended further"


@attrs.frozen
class AlreadyStarted(Conflict):
    code: ClassVar[str] = "already_started"
    booking_id: BookingId

    def __str__(self) -> str:
        return f"booking {self.booking_id} has started: it is too late for that"


@attrs.frozen
class HasBegun(Conflict):
    """A booking in progress can be made shorter or longer, and nothing else."""

    code: ClassVar[str] = "has_begun"
    booking_id: BookingId

    def __str__(self) -> str:
        return (
            f"booking {self.booking_id} is in progress: it keeps what it is for and its "
            "beginning, and ends today at the earliest"
        )


@attrs.frozen
class NotStarted(Conflict):
    code: ClassVar[str] = "not_started"
    booking_id: BookingId
    starts_at: datetime

    def __str__(self) -> str:
        return f"booking {self.booking_id} does not start before {self.starts_at.isoformat()}"
