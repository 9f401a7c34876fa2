"""On what terms a resource is sold: its rates and what cancelling costs."""

from typing import ClassVar

import attrs

from domain.bookings.cancellation import CancellationTerms
from domain.bookings.pricing import RatePlan
from domain.kernel.identifiers import ResourceId
from domain.kernel.refusals import NotFound


@attrs.frozen
class NoSalesTerms(NotFound):
    code: ClassVar[str] = "no_sales_terms"
    resource_id: ResourceId

    def __str__(self) -> str:
        return f"nobody has set rates for resource {self.resource_id}"


@attrs.frozen(kw_only=True)
class SalesTerms:
    """For quotes to come: whatever was quoted before keeps the terms it was quoted with."""

    resource_id: ResourceId
    rates: RatePlan
    cancellation: CancellationTerms
    version: int = 0
