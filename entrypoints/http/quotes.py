"""Routes of prices: the terms a resource is sold on, and quotes."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, SkipValidation

from application.bookings.quote_booking import QuoteBooking
from application.bookings.set_sales_terms import SetSalesTerms
from application.bookings.views import BookingViews
from application.kernel.ports import UseCase
from domain.bookings.quotes import Quote, QuoteNotFound
from domain.bookings.requests import BookingClosed
from domain.bookings.sales_terms import NoSalesTerms, SalesTerms
from domain.inventory.resources import ResourceNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import QuoteId, ResourceId
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.booking_shapes import QuoteBody, SalesTermsBody, SalesTermsInput
from entrypoints.http.etags import IfMatch, IfNoneMatch, version_to_replace
from entrypoints.http.idempotency import IdempotencyKey, KeyHeader
from entrypoints.http.kinds.registry import RequestInput
from entrypoints.http.security import actor_who_may, current_actor

AnyRequest = Request[Any, Any, Any]

_quoted = worded(QuoteBody.of, status=201, location=lambda quote: f"/v1/quotes/{quote.id}")


@put(
    "/v1/resources/{resource_id:uuid}/sales-terms",
    tags=["resources"],
    opt={"refuses": [ResourceNotFound]},
)
async def set_sales_terms(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    data: JSONBody[SalesTermsInput],
    set_sales_terms: NamedDependency[SkipValidation[UseCase[SetSalesTerms, SalesTerms]]],
    if_match: IfMatch = None,
    if_none_match: IfNoneMatch = None,
) -> Response[SalesTermsBody]:
    """Set rates and cancellation terms for quotes to come.

    `If-None-Match: *` sets the first ones, `If-Match` replaces those you have seen.
    """
    terms = await set_sales_terms(
        SetSalesTerms(
            actor=current_actor(request.scope),
            resource_id=ResourceId(resource_id),
            rates=data.rates.rates(),
            cancellation=data.terms(),
            version=version_to_replace(if_match=if_match, if_none_match=if_none_match),
        )
    )
    return respond(answer(SalesTermsBody.of(terms), version=terms.version), SalesTermsBody)


@get(
    "/v1/resources/{resource_id:uuid}/sales-terms",
    tags=["resources"],
    opt={"refuses": [NoSalesTerms]},
)
async def read_sales_terms(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    booking_views: NamedDependency[SkipValidation[BookingViews]],
    if_none_match: IfNoneMatch = None,
) -> Response[SalesTermsBody]:
    """The terms that new quotes are made on."""
    terms = await booking_views.sales_terms(
        actor_who_may(Permission.READ_CATALOGUE, request.scope), ResourceId(resource_id)
    )
    body = SalesTermsBody.of(terms)
    return tagged(body, version=terms.version, if_none_match=if_none_match)


@post(
    "/v1/quotes",
    tags=["quotes"],
    opt={"refuses": [ResourceNotFound, NoSalesTerms, BookingClosed]},
)
async def quote_booking(
    request: AnyRequest,
    data: JSONBody[RequestInput],
    idempotency_key: KeyHeader,
    quote_booking: NamedDependency[SkipValidation[UseCase[QuoteBooking, Quote]]],
) -> Response[QuoteBody]:
    """Price a request. The price is good for a while; whether anything is left is not promised."""
    key = await IdempotencyKey.of(request, idempotency_key)
    quote = await quote_booking(
        QuoteBooking(
            actor=current_actor(request.scope), request=data.request(), once=key.once(_quoted)
        )
    )
    return respond(_quoted(quote), QuoteBody)


@get("/v1/quotes/{quote_id:uuid}", tags=["quotes"], opt={"refuses": [QuoteNotFound]})
async def read_quote(
    request: AnyRequest,
    quote_id: FromPath[UUID],
    booking_views: NamedDependency[SkipValidation[BookingViews]],
    if_none_match: IfNoneMatch = None,
) -> Response[QuoteBody]:
    """One quote; it never changes."""
    quote = await booking_views.quote(
        actor_who_may(Permission.READ_BOOKINGS, request.scope), QuoteId(quote_id)
    )
    return tagged(QuoteBody.of(quote), version=1, if_none_match=if_none_match)


router = Router("/", route_handlers=[set_sales_terms, read_sales_terms, quote_booking, read_quote])
