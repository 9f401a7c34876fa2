"""Figures about what is on sale on local dates: rooms of a night, cars, seats of a session."""

from collections.abc import Callable, Mapping

import attrs

from domain.analytics.booking_totals import added
from domain.analytics.figures import Figure, Unit, share


@attrs.frozen(kw_only=True)
class DayTotals:
    """Units of some days, of some offerings.

    `taken` is what nobody else can have: held, set aside in blocks, or booked. `sold` and
    `pending` are of bookings, also of those that were imported, which take nothing.
    """

    capacity: int = 0
    allowance: int = 0
    taken: int = 0
    free: int = 0
    closed: int = 0
    sold: int = 0
    pending: int = 0
    people: int = 0

    def __add__(self, other: "DayTotals") -> "DayTotals":
        return added(self, other)


@attrs.frozen(kw_only=True)
class SoldTotals:
    """What was sold for some days, in one currency."""

    sold: int = 0
    worth_minor: int = 0

    def __add__(self, other: "SoldTotals") -> "SoldTotals":
        return added(self, other)


NOTHING_SOLD = SoldTotals()


@attrs.frozen(kw_only=True)
class Occupied:
    """`sold` is by currency."""

    totals: DayTotals = attrs.field(factory=DayTotals)
    sold: Mapping[str, SoldTotals] = attrs.field(factory=dict)

    def __add__(self, other: "Occupied") -> "Occupied":
        currencies = sorted({*self.sold, *other.sold})
        return Occupied(
            totals=self.totals + other.totals,
            sold={name: self.of(name).sold + other.of(name).sold for name in currencies},
        )

    def of(self, currency: str) -> "Yield":
        return Yield(capacity=self.totals.capacity, sold=self.sold.get(currency, NOTHING_SOLD))


@attrs.frozen(kw_only=True)
class Yield:
    """What was sold in one currency, of all that was on sale."""

    capacity: int
    sold: SoldTotals


POOLS = "pools of the local dates asked for"
DAYS = "days of bookings, on the local dates asked for"


def _units(
    name: str, formula: str, of: Callable[[DayTotals], int], source: str = POOLS
) -> Figure[DayTotals]:
    return Figure(name=name, unit=Unit.UNITS, formula=formula, source=source, of=of)


OCCUPANCY_FIGURES = (
    _units(
        "capacity",
        "units on sale; what is out of service was taken out of it, overbooking is not in it",
        lambda t: t.capacity,
    ),
    _units("allowance", "units that may be taken beyond capacity", lambda t: t.allowance),
    _units("taken", "held, in blocks, or booked: nobody else can have them", lambda t: t.taken),
    _units("free", "capacity + allowance - taken, of what is not closed", lambda t: t.free),
    _units("closed", "capacity + allowance - taken, of what is closed", lambda t: t.closed),
    _units("sold", "units of standing bookings, imported ones included", lambda t: t.sold, DAYS),
    _units("pending_units", "units of bookings that are held", lambda t: t.pending, DAYS),
    _units("guests", "people in standing bookings", lambda t: t.people, DAYS),
    Figure[DayTotals](
        name="fill_rate",
        unit=Unit.SHARE,
        formula="taken / capacity, above 1 where overbooked",
        source=POOLS,
        of=lambda t: share(t.taken, t.capacity),
    ),
    Figure[DayTotals](
        name="occupancy",
        unit=Unit.SHARE,
        formula="sold / capacity (STR: rooms sold / rooms available)",
        source=f"{DAYS}; {POOLS}",
        of=lambda t: share(t.sold, t.capacity),
    ),
)

YIELD_FIGURES = (
    Figure[Yield](
        name="room_revenue",
        unit=Unit.MONEY,
        formula="charges less discounts of standing bookings for these days, without fees and "
        "taxes; evenly over its days where a price is not by day",
        source=DAYS,
        of=lambda t: t.sold.worth_minor,
    ),
    Figure[Yield](
        name="average_daily_rate",
        unit=Unit.MONEY,
        formula="room_revenue / units sold in this currency (STR: ADR)",
        source=DAYS,
        of=lambda t: share(t.sold.worth_minor, t.sold.sold),
    ),
    Figure[Yield](
        name="revenue_per_available",
        unit=Unit.MONEY,
        formula="room_revenue / capacity (STR: RevPAR)",
        source=f"{DAYS}; {POOLS}",
        of=lambda t: share(t.sold.worth_minor, t.capacity),
    ),
)
