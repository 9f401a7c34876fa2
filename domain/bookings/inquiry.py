"""What customers say who want something held before they decide."""

from enum import Enum
from typing import ClassVar

import attrs

from domain.kernel.personal import personal
from domain.kernel.refusals import Invalid


@attrs.frozen
class BadInquiry(Invalid):
    code: ClassVar[str] = "bad_inquiry"
    field: ClassVar[str] = "message"
    longest: int

    def __str__(self) -> str:
        return f"a message has {self.longest} characters at most"


class PaymentWish(Enum):
    CARD = "card"
    BANK_TRANSFER = "bank_transfer"
    CASH = "cash"


@attrs.frozen(kw_only=True)
class Inquiry:
    """How the customer would like to pay, and whatever else they say."""

    LONGEST_MESSAGE: ClassVar[int] = 1000

    payment_wish: PaymentWish | None = None
    message: str = attrs.field(default="", repr=False, metadata=personal("to answer it"))

    def __attrs_post_init__(self) -> None:
        if len(self.message) > self.LONGEST_MESSAGE:
            raise BadInquiry(self.LONGEST_MESSAGE)
