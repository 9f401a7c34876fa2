"""What is counted of bookings, as sums: what rows add to them, and the same as sums over rows."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, case, func, true

from adapters.mapping.sums import Counted, Summed, differences, signed, total_of
from adapters.schema.analytics import (
    booking_days,
    booking_facts,
    booking_hours,
    booking_quarters,
    offered_days,
    sold_days,
)
from adapters.schema.times_of_moments import QUARTERS_OF_A_DAY, QUARTERS_OF_AN_HOUR, time_of
from domain.analytics.booking_facts import ATTENDED, LET_GO, STANDING
from domain.analytics.counted_bookings import (
    CANCELLED,
    HELD,
    NO_SHOW,
    SUMMED,
    SUMMED_BY_DAY,
    CountedBooking,
    CountedDay,
)

AXES = ("booked", "starts")
BY_DAY = ("day", "resource_id", "currency")

OF, DAY = booking_facts.c, booking_days.c
IS_STANDING = OF.state.in_(sorted(STANDING))
HAS_ATTENDED = OF.state.in_(sorted(ATTENDED))
HAS_PAID = OF.confirmed_at.is_not(None) & OF.paid_at.is_not(None)

# By these a booking counts, and by these those that were counted are found.
COUNTING: Mapping[str, ColumnElement[bool]] = {
    "bookings": true(),
    "pending": OF.state == HELD,
    "let_go": OF.state.in_(sorted(LET_GO)),
    "confirmed": OF.confirmed_at.is_not(None),
    "standing": IS_STANDING,
    "cancelled": OF.state == CANCELLED,
    "cancelled_by_company": (OF.state == CANCELLED) & OF.by_company,
    "no_shows": OF.state == NO_SHOW,
    "attended": HAS_ATTENDED,
    "paid": HAS_PAID,
    "paid_and_attended": HAS_PAID & HAS_ATTENDED,
}
ADDED_UP = ("people", "units", "lead_days", "total_minor", "worth_minor")


def sums_over_facts() -> Sequence[ColumnElement[int]]:
    """In the order of SUMMED, under those names."""
    counts = {name: func.count(case((which, 1))) for name, which in COUNTING.items()}
    sums = {name: total_of(case((IS_STANDING, OF[name]))) for name in ADDED_UP}
    found = {**counts, **sums}
    return [found[name].label(name) for name in SUMMED]


def sums_over_days() -> Sequence[ColumnElement[int]]:
    """In the order of SUMMED_BY_DAY, under those names."""
    sold = DAY.state.in_(sorted(STANDING))
    found = {
        "sold": case((sold, DAY.units)),
        "pending": case((DAY.state == HELD, DAY.units)),
        "people": case((sold, DAY.people)),
        "worth_minor": case((sold, DAY.worth_minor)),
    }
    return [total_of(found[name]).label(name) for name in SUMMED_BY_DAY]


def bookings_summed_anew() -> Sequence[Summed]:
    """Of quarters, hours and offerings by both axes, and of days."""
    moments = [
        Summed(
            table=table,
            over=booking_facts,
            axis=axis,
            key=[
                OF.organization_id,
                time_of(OF[f"{axis}_quarter"], quarters),
                OF.kind,
                OF.currency,
                *each,
            ],
            sums=sums_over_facts(),
        )
        for table, quarters, each in (
            (booking_quarters, 1, ()),
            (booking_hours, QUARTERS_OF_AN_HOUR, ()),
            (offered_days, QUARTERS_OF_A_DAY, (OF.resource_id,)),
        )
        for axis in AXES
    ]
    of_days = Summed(
        table=sold_days,
        over=booking_days,
        key=[DAY.organization_id, DAY.day, DAY.resource_id, DAY.currency],
        sums=sums_over_days(),
    )
    return [*moments, of_days]


def differences_of_moments(
    before: Iterable[Counted],
    after: Iterable[Counted],
    *,
    of: str,
    quarters: int,
    each: Sequence[str] = (),
) -> Sequence[Counted]:
    """Between rows of facts; `of` is what so many quarters of an hour are called."""
    alike = ("kind", "currency", *each)
    changes = (
        (
            (axis, row[f"{axis}_quarter"] // quarters, *(row[name] for name in alike)),
            sign,
            counts,
        )
        for sign, row in signed(before, after)
        for counts in [_fact_of(row).counted()]
        for axis in AXES
    )
    return list(differences(changes, ("axis", of, *alike), SUMMED))


def differences_of_days(before: Iterable[Counted], after: Iterable[Counted]) -> Sequence[Counted]:
    """Between rows of days."""
    changes = (
        (tuple(row[name] for name in BY_DAY), sign, _day_of(row).counted())
        for sign, row in signed(before, after)
    )
    return list(differences(changes, BY_DAY, SUMMED_BY_DAY))


def _fact_of(row: Counted) -> CountedBooking:
    return CountedBooking(
        state=row["state"],
        by_company=row["by_company"],
        confirmed=row["confirmed_at"] is not None,
        paid=row["paid_at"] is not None,
        **{name: row[name] for name in ADDED_UP},
    )


def _day_of(row: Counted) -> CountedDay:
    return CountedDay(
        state=row["state"],
        units=row["units"],
        people=row["people"],
        worth_minor=row["worth_minor"],
    )
