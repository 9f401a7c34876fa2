"""What a request comes to today: what it takes and what it costs."""

from datetime import datetime

import attrs

from application.bookings.ports import BookingWork
from domain.bookings.adjustments import Circumstances
from domain.bookings.agreement import Agreement
from domain.bookings.discount_codes import DiscountCode
from domain.bookings.discounts import Discount
from domain.bookings.house_rules import HouseRules
from domain.bookings.price import Price
from domain.bookings.repricing import at_agreed_prices
from domain.bookings.requests import BaseBookingRequest
from domain.kernel.identifiers import ResourceId


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
    house: HouseRules,
    instead_of: Agreement | None = None,
) -> Offer:
    """Raises what the kind of request refuses, NotForSale, NoSalesTerms, and why a discount code
    is good for nothing.

    Of the same resource, what was agreed before keeps its prices and terms, and whoever booked
    early is still early; a code that was used before is still good. What begins when it did before
    may be changed as long as its kind allows, whenever the house closes.
    """
    resource = work.resources.get(request.resource_id)
    resource.must_be_for_sale()
    # What is claimed is claimed of the stock, which other resources may sell as well.
    drawn = attrs.evolve(request, resource_id=resource.stock)
    demand = drawn.demand(resource.offering, resource.zone, now=now)
    moves = instead_of is None or instead_of.period.starts_at != demand.period.starts_at
    closes_at = house.closing(demand, now=now) if moves else demand.closes_at
    terms = work.sales_terms.get(resource.id)
    kept = _kept(request, instead_of)
    charges = at_agreed_prices(demand.charges, kept.price) if kept else demand.charges
    charged = terms.rates.price_of(charges)
    code = _code(work, request, instead_of, now=now)
    today = resource.zone.date_at(now)
    agreed_on = (kept.agreed_on if kept else None) or today
    circumstances = Circumstances(
        party=demand.people,
        days_ahead=(resource.zone.date_at(demand.period.starts_at) - agreed_on).days,
        discount=_discount(code, charged, request),
    )
    agreement = Agreement(
        request=request,
        title=resource.name,
        zone=resource.zone,
        period=demand.period,
        claims=demand.claims if code is None else (*demand.claims, code.one_use),
        exclusives=demand.exclusives,
        intervals=demand.intervals,
        price=house.adjustments(terms.adjustments).made_to(charged, circumstances),
        cancellation=kept.cancellation if kept else terms.cancellation,
        conditions=kept.conditions if kept else terms.conditions,
        agreed_on=agreed_on,
    )
    return Offer(agreement=agreement, stock_id=resource.stock, closes_at=closes_at)


def _code(
    work: BookingWork,
    request: BaseBookingRequest,
    instead_of: Agreement | None,
    *,
    now: datetime,
) -> DiscountCode | None:
    if request.discount_code is None:
        return None
    code = work.discount_codes.named(request.discount_code)
    if instead_of is None or instead_of.request.discount_code != request.discount_code:
        code.must_be_valid(now=now)
    return code


def _discount(
    code: DiscountCode | None, charged: Price, request: BaseBookingRequest
) -> Discount | None:
    if code is None:
        return None
    return code.discount_on(charged.total, resource_id=request.resource_id, kind=request.kind)


def _kept(request: BaseBookingRequest, instead_of: Agreement | None) -> Agreement | None:
    if instead_of is None or instead_of.request.resource_id != request.resource_id:
        return None
    return instead_of
