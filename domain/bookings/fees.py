"""What is charged on top, whatever the units cost."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import ClassVar

import attrs

from domain.bookings.price import LineKind, PriceLine
from domain.kernel.money import Money
from domain.kernel.refusals import Invalid


@attrs.frozen
class BadFees(Invalid):
    code: ClassVar[str] = "bad_fees"
    field: ClassVar[str] = "fees"

    def __str__(self) -> str:
        return "fees are above 0, in the currency of the rates, each of another name"


class Per(Enum):
    """What a fee is multiplied by; the units are the most that are charged for one day."""

    BOOKING = "booking"
    UNIT = "unit"
    UNIT_AND_DAY = "unit_and_day"


@attrs.frozen(kw_only=True)
class Fee:
    """No discount is taken off it; taxes are reckoned on it unless it is not `taxed`."""

    name: str
    amount: Money
    per: Per = Per.BOOKING
    refundable: bool = True
    taxed: bool = True

    def __attrs_post_init__(self) -> None:
        if self.amount.minor < 1:
            raise BadFees

    def line(self, charges: Sequence[PriceLine]) -> PriceLine:
        units = _times(self.per, charges)
        return PriceLine(
            kind=LineKind.FEE,
            label=self.name,
            units=units,
            unit_price=self.amount,
            amount=self.amount * units,
            refundable=self.refundable,
        )


def _times(per: Per, charges: Sequence[PriceLine]) -> int:
    if per is Per.BOOKING:
        return 1
    if per is Per.UNIT_AND_DAY:
        return sum(charge.units for charge in charges)
    days = Counter[date | None]()
    for charge in charges:
        days[charge.day] += charge.units
    return max(days.values(), default=0)
