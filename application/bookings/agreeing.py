"""What a request comes to today: what it takes and what it costs."""

from datetime import datetime

import attrs

from application.bookings.ports import BookingWork
from domain.bookings.adjustments import Circumstances
from domain.bookings.agreement import Agreement
from domain.bookings.repricing import at_agreed_prices
from domain.bookings.requests import BaseBookingRequest
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import Zone


@attrs.frozen(kw_only=True)
class Offer:
    """Good for being accepted until `closes_at`, as far as the request itself goes.

    What it takes is taken of the stock.
    """

    agreement: Agreement
    stock_id: ResourceId
    closes_at: datetime


def agree(
    work: BookingWork,
    request: BaseBookingRequest,
    *,
    now: datetime,
    instead_of: Agreement | None = None,
) -> Offer:
    """Raises what the kind of request refuses, NotForSale and NoSalesTerms.

    Of the same resource, what was agreed before keeps its prices and terms.
    """
    resource = work.resources.get(request.resource_id)
    resource.must_be_for_sale()
    # What is claimed is claimed of the stock, which other resources may sell as well.
    drawn = attrs.evolve(request, resource_id=resource.stock)
    demand = drawn.demand(resource.offering, resource.zone, now=now)
    terms = work.sales_terms.get(resource.id)
    circumstances = Circumstances(
        party=demand.people,
        days_ahead=_days_between(now, demand.period.starts_at, resource.zone),
    )
    kept = _kept(request, instead_of)
    charges = at_agreed_prices(demand.charges, kept.price) if kept else demand.charges
    agreement = Agreement(
        request=request,
        title=resource.name,
        zone=resource.zone,
        period=demand.period,
        claims=demand.claims,
        exclusives=demand.exclusives,
        intervals=demand.intervals,
        price=terms.price_of(charges, circumstances),
        cancellation=kept.cancellation if kept else terms.cancellation,
        conditions=kept.conditions if kept else terms.conditions,
    )
    return Offer(agreement=agreement, stock_id=resource.stock, closes_at=demand.closes_at)


def _days_between(now: datetime, starts_at: datetime, zone: Zone) -> int:
    """As the calendar of the place counts them."""
    return (zone.date_at(starts_at) - zone.date_at(now)).days


def _kept(request: BaseBookingRequest, instead_of: Agreement | None) -> Agreement | None:
    if instead_of is None or instead_of.request.resource_id != request.resource_id:
        return None
    return instead_of
