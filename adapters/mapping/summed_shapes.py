"""How far ahead bookings are made, and when their days came on the books, as sums.

What rows add to them, and the same as sums over rows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    func,
    or_,
    select,
    union_all,
)

from adapters.mapping.summed_bookings import (
    AXES,
    IS_STANDING,
    bookings_summed_anew,
)
from adapters.mapping.sums import Counted, Summed, differences, signed, total_of
from adapters.schema.analytics import booking_days, booking_facts, booking_leads, days_on_books
from adapters.schema.times_of_moments import QUARTERS_OF_A_DAY, DayOf, day_of, time_of
from domain.analytics.booking_facts import STANDING
from domain.analytics.counted_bookings import CANCELLED

OF, DAY = booking_facts.c, booking_days.c
OF_BOOKING = and_(OF.organization_id == DAY.organization_id, OF.id == DAY.booking_id)
IS_CANCELLED = OF.state == CANCELLED
# Of what was imported as cancelled nobody knows when it was: it never was on the books.
WAS_ON_BOOKS = and_(
    OF.confirmed_at.is_not(None), or_(OF.state != CANCELLED, OF.cancelled_at > OF.confirmed_at)
)
CAME_OFF = and_(IS_CANCELLED, OF.cancelled_at > OF.confirmed_at)
LEAD_KEY = ("axis", "day", "kind", "lead_days")
BOOKS_KEY = ("day", "changed_day", "kind", "currency")
ON_BOOKS = ("units", "worth_minor")


def summed_anew() -> Sequence[Summed]:
    """All sums there are."""
    leads = [
        Summed(
            table=booking_leads,
            over=booking_facts,
            axis=axis,
            key=[
                OF.organization_id,
                time_of(OF[f"{axis}_quarter"], QUARTERS_OF_A_DAY),
                OF.kind,
                OF.lead_days,
            ],
            sums=[func.count().label("standing")],
            only=[IS_STANDING],
        )
        for axis in AXES
    ]
    changes = _changes_of_books()
    books = Summed(
        table=days_on_books,
        over=changes,
        key=[changes.c[name] for name in ("organization_id", *BOOKS_KEY)],
        sums=[total_of(changes.c[name]).label(name) for name in ON_BOOKS],
    )
    return [*bookings_summed_anew(), *leads, books]


def _changes_of_books() -> FromClause:
    came = _changing(OF.confirmed_at, WAS_ON_BOOKS, DAY.units, DAY.worth_minor)
    went = _changing(OF.cancelled_at, CAME_OFF, -DAY.units, -DAY.worth_minor)
    return union_all(came, went).subquery("changes")


def _changing(
    moment: ColumnElement[datetime], which: ColumnElement[bool], *sums: ColumnElement[int]
) -> Select[Any]:
    return (
        select(
            DAY.organization_id,
            DAY.day,
            DayOf(moment).label("changed_day"),
            OF.kind,
            DAY.currency,
            *(value.label(name) for value, name in zip(sums, ON_BOOKS, strict=True)),
        )
        .join_from(booking_days, booking_facts, OF_BOOKING)
        .where(which)
    )


def differences_of_leads(before: Iterable[Counted], after: Iterable[Counted]) -> Sequence[Counted]:
    """Between rows of facts."""
    changes = (
        (
            (axis, row[f"{axis}_quarter"] // QUARTERS_OF_A_DAY, row["kind"], row["lead_days"]),
            sign,
            {"standing": 1},
        )
        for sign, row in signed(before, after)
        if row["state"] in STANDING
        for axis in AXES
    )
    return list(differences(changes, LEAD_KEY, ("standing",)))


def differences_on_books(
    before: Iterable[tuple[Counted, Iterable[Counted]]],
    after: Iterable[tuple[Counted, Iterable[Counted]]],
) -> Sequence[Counted]:
    """Between rows of facts, each with those of its days."""
    changes = [
        (key, change * sign, {name: day[name] for name in ON_BOOKS})
        for sign, rows in ((-1, before), (1, after))
        for fact, days in rows
        for moment, change in _times_on_books(fact)
        for day in days
        for key in [(day["day"], day_of(moment), fact["kind"], day["currency"])]
    ]
    return list(differences(changes, BOOKS_KEY, ON_BOOKS))


def _times_on_books(fact: Mapping[str, Any]) -> Iterator[tuple[datetime, int]]:
    """When it came on the books, and when it came off."""
    came, went = fact["confirmed_at"], fact["cancelled_at"]
    if came is None:
        return
    if fact["state"] != CANCELLED:
        yield came, 1
    elif went is not None and went > came:
        yield came, 1
        yield went, -1
