"""What a customer has said yes to in a call, before it was done for them."""

from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.kernel.identifiers import ActorId, BookingId, CallId
from domain.kernel.personal import personal
from domain.kernel.refusals import Conflict

MOST_YESES = 100


@attrs.frozen
class TooManyYeses(Conflict):
    code: ClassVar[str] = "too_many_yeses"
    call_id: CallId

    def __str__(self) -> str:
        return (
            f"a customer says yes {MOST_YESES} times in a call at the most, as in {self.call_id}"
        )


class Agreed(Enum):
    """What is done to a booking."""

    BOOK = "book"
    CHANGE = "change"
    CANCEL = "cancel"


@attrs.frozen(kw_only=True)
class Yes:
    """Heard by `by`; `wording` is what was asked, and what was answered to it."""

    action: Agreed
    booking_id: BookingId
    wording: str = attrs.field(
        repr=False, metadata=personal("to show what the customer has agreed to")
    )
    by: ActorId
    at: datetime
