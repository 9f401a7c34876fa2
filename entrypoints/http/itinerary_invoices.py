"""The route of invoices for all of an itinerary."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.kernel.ports import UseCase
from application.paperwork.invoice_itinerary import InvoiceItinerary
from domain.bookings.itinerary import ItineraryNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ItineraryId
from domain.kernel.money import CurrenciesDiffer
from domain.paperwork.papers import Paper
from domain.paperwork.refusals import NothingToInvoiceTogether
from entrypoints.http.answers import respond, worded
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paper_shapes import IssuedPapersBody
from entrypoints.http.reading import no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

_issued = worded(IssuedPapersBody.of)


@post(
    "/v1/itineraries/{itinerary_id:uuid}/invoices",
    status_code=200,
    opt=Operation(
        tag="papers",
        needs=Permission.WRITE_PAPERS,
        sends=(IDEMPOTENCY_KEY,),
        shows=IssuedPapersBody,
        refuses=(ItineraryNotFound, NothingToInvoiceTogether, CurrenciesDiffer),
    ).opt,
)
async def invoice_itinerary(
    request: AnyRequest,
    itinerary_id: FromPath[UUID],
    invoice_itinerary: NamedDependency[SkipValidation[UseCase[InvoiceItinerary, Sequence[Paper]]]],
) -> Response[bytes]:
    """Issue one invoice for all that the bookings of an itinerary owe.

    What invoices ask for it already is taken back by credit notes. It is filed with one of the
    bookings, and listed with each. Asked for again, nothing is issued unless something changed.
    """
    await no_body(request)
    key = await IdempotencyKey.of(request)
    papers = await invoice_itinerary(
        InvoiceItinerary(
            actor=actor_of(request),
            itinerary_id=ItineraryId(itinerary_id),
            once=key.once(_issued),
        )
    )
    return respond(_issued(papers))


router = Router("/", route_handlers=[invoice_itinerary])
