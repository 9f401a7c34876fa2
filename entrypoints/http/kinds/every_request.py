"""What requests of every kind have in common in JSON."""

from typing import Annotated, Any

from msgspec import Meta

from domain.bookings.discount_codes import (
    DiscountBelowMinimum,
    DiscountInOtherCurrency,
    DiscountNoLongerValid,
    DiscountNotForThis,
    DiscountNotYetValid,
    UnknownDiscountCode,
)
from domain.kernel.identifiers import ResourceId
from domain.kernel.refusals import Refusal
from entrypoints.http.shapes import ONE_LINE, ContactInput, Identifier, Input

DiscountCode = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9]+$(?!\n)",
        min_length=3,
        max_length=32,
        description="Capital and small letters are the same.",
        examples=["SPRING27"],
    ),
]

Place = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=100, examples=["Cascais, Lisbon"])
]

DISCOUNT_REFUSALS: tuple[type[Refusal], ...] = (
    UnknownDiscountCode,
    DiscountNotYetValid,
    DiscountNoLongerValid,
    DiscountBelowMinimum,
    DiscountInOtherCurrency,
    DiscountNotForThis,
)


class RequestBaseInput(Input, frozen=True, kw_only=True):
    resource_id: Identifier
    contact: ContactInput
    discount_code: DiscountCode | None = None

    def common(self) -> dict[str, Any]:
        """What the constructor of every request is given."""
        return {
            "resource_id": ResourceId(self.resource_id),
            "contact": self.contact.contact(),
            "discount_code": self.discount_code and self.discount_code.upper(),
        }
