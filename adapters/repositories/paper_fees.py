"""What papers have cost that were issued again, in SQL, as bookings have to know it."""

from functools import lru_cache

import attrs
from sqlalchemy import Executable, bindparam, func, select

from adapters.schema.papers import papers
from adapters.sql.scope import Scope
from application.bookings.payment_ports import PaperFees
from domain.kernel.identifiers import BookingId
from domain.kernel.money import Money


@attrs.frozen
class SqlPaperFees(PaperFees):
    scope: Scope

    def of(self, booking_id: BookingId, currency: str) -> Money:
        key = {
            "p_organization_id": self.scope.organization_id,
            "p_booking_id": booking_id,
            "p_currency": currency,
        }
        return Money(int(self.scope.ask(_fees_of_booking(), key).scalar_one()), currency)


@lru_cache(maxsize=1)
def _fees_of_booking() -> Executable:
    return select(func.coalesce(func.sum(papers.c.fees_minor), 0)).where(
        papers.c.organization_id == bindparam("p_organization_id"),
        papers.c.booking_id == bindparam("p_booking_id"),
        papers.c.currency == bindparam("p_currency"),
    )
