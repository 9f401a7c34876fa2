"""What is counted of bookings, in SQL."""

from collections.abc import Sequence
from functools import lru_cache

import attrs
from sqlalchemy import Executable, bindparam, delete

from adapters.mapping.booking_facts import day_rows, fact_row, facts_of
from adapters.schema.analytics import booking_days, booking_facts
from adapters.sql.bulk import Bulk
from adapters.sql.scope import Scope
from application.analytics.booking_facts import BookingFacts
from domain.kernel.identifiers import BookingId

FACTS = Bulk.into(booking_facts).replacing(
    *(column.name for column in booking_facts.columns if not column.primary_key)
)
DAYS = Bulk.into(booking_days).replacing(
    *(column.name for column in booking_days.columns if not column.primary_key)
)


@attrs.frozen
class SqlBookingFacts(BookingFacts):
    scope: Scope

    def renew(self, booking_ids: Sequence[BookingId]) -> None:
        facts = facts_of(self.scope.ask, self.scope.organization_id, booking_ids)
        self.scope.write(FACTS, [fact_row(fact) for fact in facts])
        owned = {"p_organization_id": self.scope.organization_id, "p_ids": list(booking_ids)}
        self.scope.execute(_days_of(), owned)
        self.scope.write(DAYS, [row for fact in facts for row in day_rows(fact)])


@lru_cache(maxsize=1)
def _days_of() -> Executable:
    return delete(booking_days).where(
        booking_days.c.organization_id == bindparam("p_organization_id"),
        booking_days.c.booking_id.in_(bindparam("p_ids", expanding=True)),
    )
