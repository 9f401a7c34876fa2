"""What is counted of bookings, in SQL, with the sums that follow from it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import attrs
from sqlalchemy import Executable, bindparam, delete

from adapters.mapping.booking_facts import day_rows, fact_row, facts_of, known_of
from adapters.mapping.summed_bookings import (
    differences_of_days,
    differences_of_moments,
)
from adapters.mapping.summed_shapes import ON_BOOKS, differences_of_leads, differences_on_books
from adapters.repositories.summed_books import sum_up_books_of
from adapters.schema.analytics import (
    booking_days,
    booking_facts,
    booking_hours,
    booking_leads,
    booking_quarters,
    days_on_books,
    offered_days,
    sold_days,
)
from adapters.schema.times_of_moments import QUARTERS_OF_A_DAY, QUARTERS_OF_AN_HOUR
from adapters.sql.bulk import Bulk
from adapters.sql.scope import Scope
from application.analytics.booking_facts import BookingFacts
from domain.analytics.counted_bookings import SUMMED, SUMMED_BY_DAY
from domain.kernel.identifiers import BookingId

FACTS = Bulk.into(booking_facts).replacing(
    *(column.name for column in booking_facts.columns if not column.primary_key)
)
DAYS = Bulk.into(booking_days).replacing(
    *(column.name for column in booking_days.columns if not column.primary_key)
)
QUARTERS = Bulk.into(booking_quarters).adding(*SUMMED)
HOURS = Bulk.into(booking_hours).adding(*SUMMED)
OFFERED = Bulk.into(offered_days).adding(*SUMMED)
SOLD = Bulk.into(sold_days).adding(*SUMMED_BY_DAY)
LEADS = Bulk.into(booking_leads).adding("standing")
BOOKS = Bulk.into(days_on_books).adding(*ON_BOOKS)

Rows = Sequence[Mapping[str, Any]]


@attrs.frozen
class SqlBookingFacts(BookingFacts):
    """Each row says what was added to sums for it, and hence what is to be taken back."""

    scope: Scope

    def renew(self, booking_ids: Sequence[BookingId]) -> None:
        facts = facts_of(self.scope.ask, self.scope.organization_id, booking_ids)
        known, days = known_of(self.scope.ask, self.scope.organization_id, booking_ids)
        rows = {fact.booking_id: fact_row(fact) for fact in facts}
        of_days = {fact.booking_id: list(day_rows(fact)) for fact in facts}
        changed = [one for one in rows if rows[one] != known.get(one) or of_days[one] != days[one]]
        if not changed:
            return
        self._replace(changed, [rows[one] for one in changed], _all(of_days, changed))
        self._add([known[one] for one in changed if one in known], [rows[one] for one in changed])
        differences = differences_of_days(_all(days, changed), _all(of_days, changed))
        self.scope.write(SOLD, differences)
        on_books = differences_on_books(
            [(known[one], days[one]) for one in changed if one in known],
            [(rows[one], of_days[one]) for one in changed],
        )
        self.scope.write(BOOKS, on_books)
        sum_up_books_of(
            self.scope, [one for one in changed if _sold(known.get(one, {})) != _sold(rows[one])]
        )

    def _replace(self, booking_ids: Sequence[BookingId], facts: Rows, days: Rows) -> None:
        self.scope.write(FACTS, facts)
        owned = {"p_organization_id": self.scope.organization_id, "p_ids": list(booking_ids)}
        self.scope.execute(_days_of(), owned)
        self.scope.write(DAYS, days)

    def _add(self, before: Rows, after: Rows) -> None:
        self.scope.write(QUARTERS, differences_of_moments(before, after, of="quarter", quarters=1))
        self.scope.write(
            HOURS, differences_of_moments(before, after, of="hour", quarters=QUARTERS_OF_AN_HOUR)
        )
        of_offerings = differences_of_moments(
            before, after, of="day", quarters=QUARTERS_OF_A_DAY, each=["resource_id"]
        )
        self.scope.write(OFFERED, of_offerings)
        self.scope.write(LEADS, differences_of_leads(before, after))


def _sold(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What of it money is told by."""
    return (row.get("resource_id"), row.get("kind"))


def _all(days: Mapping[Any, Rows], booking_ids: Sequence[BookingId]) -> Rows:
    return list(chain.from_iterable(days.get(one, ()) for one in booking_ids))


@lru_cache(maxsize=1)
def _days_of() -> Executable:
    return delete(booking_days).where(
        booking_days.c.organization_id == bindparam("p_organization_id"),
        booking_days.c.booking_id.in_(bindparam("p_ids", expanding=True)),
    )
