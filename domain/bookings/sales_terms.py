"""On what terms a resource is sold: what it costs, and what cancelling does."""

from datetime import datetime
from typing import ClassVar

import attrs

from domain.bookings.adjustments import NO_ADJUSTMENTS, Adjustments
from domain.bookings.cancellation import CancellationTerms
from domain.bookings.conditions import USUAL_CONDITIONS, Conditions
from domain.bookings.fees import BadFees
from domain.bookings.pricing import RatePlan
from domain.bookings.pricing_events import SalesTermsSet
from domain.kernel.events import Event
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
    conditions: Conditions = USUAL_CONDITIONS
    adjustments: Adjustments = NO_ADJUSTMENTS
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        currency = self.rates.price.currency
        if any(fee.amount.currency != currency for fee in self.adjustments.fees):
            raise BadFees

    @classmethod
    def set(
        cls,
        resource_id: ResourceId,
        rates: RatePlan,
        cancellation: CancellationTerms,
        *,
        replacing: int,
        now: datetime,
        conditions: Conditions = USUAL_CONDITIONS,
        adjustments: Adjustments = NO_ADJUSTMENTS,
    ) -> "SalesTerms":
        """`replacing` is the version of the terms so far, 0 where there were none."""
        return cls(
            resource_id=resource_id,
            rates=rates,
            cancellation=cancellation,
            conditions=conditions,
            adjustments=adjustments,
            version=replacing,
            events=(SalesTermsSet(resource_id=resource_id, occurred_at=now),),
        )
