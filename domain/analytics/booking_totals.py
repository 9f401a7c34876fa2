"""What is counted of bookings: whole numbers that add up, so that parts make the whole."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

import attrs

Totals = TypeVar("Totals", bound=attrs.AttrsInstance)


class BookingBasis(Enum):
    """Which moment says whether a booking belongs to a time: that it was made at, or begins at."""

    BOOKED = "booked"
    STARTS = "starts"


@attrs.frozen(kw_only=True)
class BookingTotals:
    """Of some bookings: those of an interval, of an offering.

    Each is in one of the states that `pending`, `let_go`, `cancelled` and `standing` count.
    `people`, `units` and `lead_days` are sums over those that are standing.
    """

    bookings: int = 0
    pending: int = 0
    let_go: int = 0
    confirmed: int = 0
    standing: int = 0
    cancelled: int = 0
    cancelled_by_company: int = 0
    no_shows: int = 0
    attended: int = 0
    paid: int = 0
    paid_and_attended: int = 0
    people: int = 0
    units: int = 0
    lead_days: int = 0

    def __add__(self, other: "BookingTotals") -> "BookingTotals":
        return added(self, other)


@attrs.frozen(kw_only=True)
class ValueTotals:
    """What was agreed for those that are standing, in one currency; `worth` without taxes and
    fees."""

    standing: int = 0
    total_minor: int = 0
    worth_minor: int = 0

    def __add__(self, other: "ValueTotals") -> "ValueTotals":
        return added(self, other)


NOTHING_AGREED = ValueTotals()


@attrs.frozen(kw_only=True)
class Counted:
    """`values` are by currency: what is agreed in two of them is never added up."""

    totals: BookingTotals = attrs.field(factory=BookingTotals)
    values: Mapping[str, ValueTotals] = attrs.field(factory=dict)

    def __add__(self, other: "Counted") -> "Counted":
        currencies = sorted({*self.values, *other.values})
        return Counted(
            totals=self.totals + other.totals,
            values={name: self.of(name) + other.of(name) for name in currencies},
        )

    def of(self, currency: str) -> ValueTotals:
        return self.values.get(currency, NOTHING_AGREED)


def added(one: Totals, other: Totals) -> Totals:
    """Member by member."""
    names = [field.name for field in attrs.fields(type(one))]
    return type(one)(**{name: getattr(one, name) + getattr(other, name) for name in names})
