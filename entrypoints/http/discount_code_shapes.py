"""Discount codes in JSON."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from application.bookings.views import DiscountCodeUse
from domain.bookings.discount_codes import BadDiscountCode, CodeTerms
from domain.bookings.discount_codes import DiscountCode as Code
from domain.bookings.discounts import FixedAmount, Percentage, Worth
from domain.kernel.identifiers import ResourceId
from domain.kernel.money import Money
from entrypoints.http.adjustment_shapes import Off
from entrypoints.http.kinds.every_request import DiscountCode
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import (
    Currency,
    Identifier,
    Input,
    Kind,
    MinorUnits,
    Moment,
    Output,
    Version,
    sensible,
)

Limit = Annotated[
    int,
    Meta(
        ge=1,
        le=1_000_000,
        description="How many bookings may have it at a time; those given up make room.",
        examples=[100],
    ),
]
Active = Annotated[bool, Meta(description="Whether new quotes may be made with it.")]
Used = Annotated[
    int, Meta(ge=0, le=Code.UNLIMITED, description="How many bookings have it.", examples=[17])
]
MOST_RESOURCES = 200
MOST_KINDS = 10

SPRING = {
    "code": "SPRING27",
    "percent": 10,
    "currency": "EUR",
    "minimum_minor": 20000,
    "valid_from": "2027-03-01T00:00:00Z",
    "valid_until": "2027-06-01T00:00:00Z",
    "limit": 100,
    "kinds": ["hotel"],
}
WELCOME = {"code": "WELCOME", "amount_minor": 1000, "currency": "EUR"}


class CodeTermsInput(Input, frozen=True, kw_only=True):
    """Either percents or an amount; `currency` is that of amount and minimum.

    The minimum is of what the units cost, before any discount and without fees.
    """

    percent: Off | None = None
    amount_minor: MinorUnits | None = None
    currency: Currency | None = None
    minimum_minor: MinorUnits | None = None
    valid_from: Moment | None = None
    valid_until: Moment | None = None
    limit: Limit | None = None
    resource_ids: Annotated[tuple[Identifier, ...], Meta(max_length=MOST_RESOURCES)] = ()
    kinds: Annotated[tuple[Kind, ...], Meta(max_length=MOST_KINDS)] = ()

    def terms(self) -> CodeTerms:
        """Raises BadDiscountCode, BadDiscount or FarOff."""
        return CodeTerms(
            worth=self._worth(),
            minimum=self._money(self.minimum_minor),
            valid_from=sensible(self.valid_from),
            valid_until=sensible(self.valid_until),
            limit=self.limit,
            resource_ids=tuple(map(ResourceId, self.resource_ids)),
            kinds=self.kinds,
        )

    def _worth(self) -> Worth:
        amount = self._money(self.amount_minor)
        if amount is not None and self.percent is None:
            return FixedAmount(amount=amount)
        if amount is None and self.percent is not None:
            return Percentage(percent=self.percent)
        raise BadDiscountCode

    def _money(self, minor: int | None) -> Money | None:
        if minor is None:
            return None
        if self.currency is None:
            raise BadDiscountCode
        return Money(minor, self.currency)


class NewDiscountCodeInput(CodeTermsInput, frozen=True, kw_only=True):
    code: DiscountCode


class DiscountCodeInput(CodeTermsInput, frozen=True, kw_only=True):
    active: Active


class DiscountCodeBody(Output, frozen=True):
    id: Identifier
    version: Version
    code: DiscountCode
    active: Active
    percent: Off | None
    amount_minor: MinorUnits | None
    currency: Currency | None
    minimum_minor: MinorUnits | None
    valid_from: Moment | None
    valid_until: Moment | None
    limit: Limit | None
    resource_ids: Annotated[Sequence[Identifier], Meta(max_length=MOST_RESOURCES)]
    kinds: Annotated[Sequence[Kind], Meta(max_length=MOST_KINDS)]

    @classmethod
    def of(cls, code: Code) -> "DiscountCodeBody":
        terms, worth = code.terms, code.terms.worth
        return cls(
            id=code.id,
            version=code.version,
            code=code.code,
            active=code.active,
            percent=worth.percent if isinstance(worth, Percentage) else None,
            amount_minor=worth.amount.minor if isinstance(worth, FixedAmount) else None,
            currency=next(iter(terms.currencies), None),
            minimum_minor=None if terms.minimum is None else terms.minimum.minor,
            valid_from=terms.valid_from,
            valid_until=terms.valid_until,
            limit=terms.limit,
            resource_ids=terms.resource_ids,
            kinds=terms.kinds,
        )


class DiscountCodeUseBody(Output, frozen=True):
    discount_code: DiscountCodeBody
    used: Used

    @classmethod
    def of(cls, use: DiscountCodeUse) -> "DiscountCodeUseBody":
        return cls(discount_code=DiscountCodeBody.of(use.discount_code), used=use.used)


class DiscountCodePage(Output, frozen=True):
    items: Annotated[Sequence[DiscountCodeUseBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
