"""What a customer has said yes to in a call, before it was done for them."""

from datetime import datetime
from enum import Enum

import attrs

from domain.kernel.identifiers import ActorId, BookingId
from domain.kernel.personal import personal


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
