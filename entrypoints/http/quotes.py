"""Routes of prices: the terms a resource is sold on, and quotes."""

from typing import Any
from uuid import UUID

import attrs
from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.quote_booking import QuoteBooking
from application.bookings.set_sales_terms import SetSalesTerms
from application.bookings.views import BookingViews
from application.kernel.ports import UseCase
from domain.bookings.cancellation import BadTiers
from domain.bookings.conditions import BadConditions
from domain.bookings.deposits import BadDeposit
from domain.bookings.pricing import BadRates
from domain.bookings.quotes import Quote, QuoteNotFound
from domain.bookings.requests import BookingClosed, WrongKind
from domain.bookings.sales_terms import NoSalesTerms, SalesTerms
from domain.inventory.resources import NotForSale, ResourceNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import QuoteId, ResourceId
from domain.kernel.periods import BadDates
from entrypoints.http.adjustment_shapes import ADJUSTMENT_REFUSALS
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.booking_shapes import QuoteBody
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, version_to_replace
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.in_calls import CALL_ID
from entrypoints.http.kinds.registry import REQUEST_EXAMPLES, REQUEST_REFUSALS, RequestInput
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.sales_terms_shapes import SALES_TERMS, SalesTermsBody, SalesTermsInput
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import CONTACT_REFUSALS

AnyRequest = Request[Any, Any, Any]

TERMS: Body[SalesTermsInput] = Body(SalesTermsInput, examples={"room": SALES_TERMS})
REQUEST: Body[RequestInput] = Body(RequestInput, examples=REQUEST_EXAMPLES)

_quoted = worded(QuoteBody.of, status=201, location=lambda quote: f"/v1/quotes/{quote.id}")


@put(
    "/v1/resources/{resource_id:uuid}/sales-terms",
    opt=Operation(
        tag="resources",
        needs=Permission.WRITE_CATALOGUE,
        sends=(attrs.evolve(IF_MATCH, required=False), IF_NONE_MATCH),
        body=TERMS,
        shows=SalesTermsBody,
        refuses=(
            ResourceNotFound,
            BadRates,
            BadTiers,
            BadConditions,
            BadDeposit,
            BadDates,
            *ADJUSTMENT_REFUSALS,
        ),
    ).opt,
)
async def set_sales_terms(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    set_sales_terms: NamedDependency[SkipValidation[UseCase[SetSalesTerms, SalesTerms]]],
) -> Response[bytes]:
    """Set rates, discounts, fees, taxes and cancellation terms for quotes to come.

    `If-None-Match: *` sets the first ones (201), `If-Match` replaces those you have seen.
    """
    data = await TERMS.of(request)
    version = version_to_replace(request)
    terms = await set_sales_terms(
        SetSalesTerms(
            actor=actor_of(request),
            resource_id=ResourceId(resource_id),
            rates=data.rates.rates(),
            cancellation=data.terms(),
            conditions=data.conditions(),
            adjustments=data.adjustments.adjustments(data.rates.currency),
            version=version,
        )
    )
    status = 200 if version else 201
    return respond(answer(SalesTermsBody.of(terms), status=status, version=terms.version))


@get(
    "/v1/resources/{resource_id:uuid}/sales-terms",
    opt=Operation(
        tag="resources",
        needs=Permission.READ_CATALOGUE,
        sends=(IF_NONE_MATCH,),
        shows=SalesTermsBody,
        refuses=(NoSalesTerms,),
    ).opt,
)
async def read_sales_terms(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    booking_views: NamedDependency[SkipValidation[BookingViews]],
) -> Response[bytes]:
    """The terms that new quotes are made on."""
    terms = await booking_views.sales_terms(actor_of(request), ResourceId(resource_id))
    return tagged(request, SalesTermsBody.of(terms), version=terms.version)


@post(
    "/v1/quotes",
    opt=Operation(
        tag="quotes",
        needs=Permission.WRITE_BOOKINGS,
        sends=(IDEMPOTENCY_KEY, CALL_ID),
        body=REQUEST,
        shows=QuoteBody,
        status=201,
        refuses=(
            ResourceNotFound,
            NotForSale,
            NoSalesTerms,
            BookingClosed,
            WrongKind,
            *CONTACT_REFUSALS,
            BadDates,
            *REQUEST_REFUSALS,
        ),
        then={
            "read_quote": {"quote_id": "$response.body#/id"},
            "hold_booking": {"body": {"quote_id": "$response.body#/id"}},
        },
    ).opt,
)
async def quote_booking(
    request: AnyRequest,
    quote_booking: NamedDependency[SkipValidation[UseCase[QuoteBooking, Quote]]],
) -> Response[bytes]:
    """Price a request.

    The price is good for a while; whether anything is left is not promised.
    """
    data = await REQUEST.of(request)
    key = await IdempotencyKey.of(request)
    quote = await quote_booking(
        QuoteBooking(actor=actor_of(request), request=data.request(), once=key.once(_quoted))
    )
    return respond(_quoted(quote))


@get(
    "/v1/quotes/{quote_id:uuid}",
    opt=Operation(
        tag="quotes",
        needs=Permission.READ_BOOKINGS,
        sends=(IF_NONE_MATCH,),
        shows=QuoteBody,
        refuses=(QuoteNotFound,),
    ).opt,
)
async def read_quote(
    request: AnyRequest,
    quote_id: FromPath[UUID],
    booking_views: NamedDependency[SkipValidation[BookingViews]],
) -> Response[bytes]:
    """One quote; it never changes."""
    quote = await booking_views.quote(actor_of(request), QuoteId(quote_id))
    return tagged(request, QuoteBody.of(quote), version=1)


router = Router("/", route_handlers=[set_sales_terms, read_sales_terms, quote_booking, read_quote])
