"""What the books of days that are over come to, as sums."""

from collections.abc import Sequence

from sqlalchemy import Subquery, and_, func, select

from adapters.mapping.ledger import OF_JOURNAL
from adapters.mapping.sums import Summed, total_of
from adapters.schema.analytics import booking_facts
from adapters.schema.books_sums import books_summed_up, moved_days, moved_hours, moved_quarters
from adapters.schema.ledger import journals, transfers
from adapters.schema.times_of_moments import (
    QUARTERS_OF_A_DAY,
    QUARTERS_OF_AN_HOUR,
    DayOf,
    QuarterOf,
    time_of,
)

ALIKE = ("kind", "currency", "cause", "debit", "credit")
SUMS = ("number", "minor")
OF_NO_BOOKING = ""
COUNTED = and_(
    booking_facts.c.organization_id == transfers.c.organization_id,
    booking_facts.c.id == transfers.c.booking_id,
)
OVER = and_(
    books_summed_up.c.organization_id == journals.c.organization_id,
    DayOf(journals.c.occurred_at) < books_summed_up.c.until_day,
)


def books_summed_anew() -> Sequence[Summed]:
    """All sums there are, each before those that are sums of it."""
    moved, quarters = _moved(), moved_quarters.c
    alike = [moved.c[name] for name in ALIKE]
    counted = [
        func.count().label("number"),
        total_of(moved.c.amount_minor).label("minor"),
    ]
    return [
        Summed(
            table=moved_quarters,
            over=moved,
            key=[moved.c.organization_id, moved.c.quarter, *alike],
            sums=counted,
        ),
        Summed(
            table=moved_hours,
            over=moved_quarters,
            key=[
                quarters.organization_id,
                time_of(quarters.quarter, QUARTERS_OF_AN_HOUR),
                *(quarters[name] for name in ALIKE),
            ],
            sums=[total_of(quarters[name]).label(name) for name in SUMS],
        ),
        Summed(
            table=moved_days,
            over=moved,
            key=[
                moved.c.organization_id,
                time_of(moved.c.quarter, QUARTERS_OF_A_DAY),
                moved.c.resource_id,
                *alike,
            ],
            sums=counted,
            # Not by its resource: then SQLite would begin with all transfers there are.
            only=[moved.c.kind != OF_NO_BOOKING],
        ),
    ]


def _moved() -> Subquery:
    """By what is counted of bookings: with that, sums change."""
    return (
        select(
            journals.c.organization_id,
            journals.c.occurred_at,
            QuarterOf(journals.c.occurred_at).label("quarter"),
            booking_facts.c.resource_id,
            func.coalesce(booking_facts.c.kind, OF_NO_BOOKING).label("kind"),
            transfers.c.currency,
            journals.c.cause,
            transfers.c.debit,
            transfers.c.credit,
            transfers.c.amount_minor,
        )
        .join_from(journals, transfers, OF_JOURNAL)
        .join(books_summed_up, OVER)
        .outerjoin(booking_facts, COUNTED)
        .subquery("moved")
    )
