"""What takes a yes of the customer when somebody does it for them in a call."""

from enum import Enum
from typing import ClassVar

import attrs

from domain.kernel.identifiers import BookingId
from domain.kernel.refusals import Conflict


class Sensitive(Enum):
    BOOK = "book"
    CHANGE = "change"
    CANCEL = "cancel"


@attrs.frozen
class YesMissing(Conflict):
    """In this call, no yes of the customer is recorded for it that has not been made use of."""

    code: ClassVar[str] = "yes_missing"
    booking_id: BookingId
    action: Sensitive

    def __str__(self) -> str:
        return (
            f"ask the customer whether to {self.action.value} booking {self.booking_id}, "
            "and record the answer with the call"
        )
