"""Sales terms, from their rows."""

from typing import Any

from sqlalchemy import Row

from adapters.mapping.kinds import converter
from domain.bookings.adjustments import Adjustments
from domain.bookings.cancellation import CancellationTerms
from domain.bookings.conditions import Conditions
from domain.bookings.pricing import RatePlan
from domain.bookings.sales_terms import SalesTerms


def sales_terms_of(row: Row[Any]) -> SalesTerms:
    return SalesTerms(
        resource_id=row.id,
        rates=converter.structure(row.rates, RatePlan),
        cancellation=converter.structure(row.cancellation, CancellationTerms),
        conditions=converter.structure(row.conditions or {}, Conditions),
        adjustments=converter.structure(row.adjustments or {}, Adjustments),
        version=row.version,
    )
