"""Routes of passages of documentation that are quoted in calls."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.calls.quotation_ports import QuotationViews
from application.calls.quote_documentation import QuoteDocumentation
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.calls.quotations import Quotation, QuotationNotFound
from domain.calls.refusals import CallNotFound, CallOver
from domain.documentation.feedback import PassageNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import CallId, PassageId, QuotationId
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.quotation_shapes import QuotationBody, QuotationInput, QuotedBody
from entrypoints.http.reading import Body, Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Output

AnyRequest = Request[Any, Any, Any]

QUOTATION: Body[QuotationInput] = Body(
    QuotationInput,
    examples={"passage": {"passage_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a21"}},
)
LIST = Query(PageQuery)


class QuotationPage(Output, frozen=True):
    items: Annotated[Sequence[QuotationBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


_quoted = worded(
    QuotedBody.of,
    status=201,
    location=lambda quotation: f"/v1/calls/{quotation.call_id}/quotations/{quotation.id}",
)


@post(
    "/v1/calls/{call_id:uuid}/quotations",
    opt=Operation(
        tag="calls",
        needs=Permission.WRITE_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        sends=(IDEMPOTENCY_KEY,),
        body=QUOTATION,
        shows=QuotedBody,
        status=201,
        refuses=(CallNotFound, CallOver, PassageNotFound),
    ).opt,
)
async def quote_documentation(
    request: AnyRequest,
    call_id: FromPath[UUID],
    quote_documentation: NamedDependency[SkipValidation[UseCase[QuoteDocumentation, Quotation]]],
) -> Response[bytes]:
    """Quote a passage of documentation, which needs `documentation:read` as well.

    It is kept as it is now, whatever becomes of its page.
    """
    data = await QUOTATION.of(request)
    key = await IdempotencyKey.of(request)
    quotation = await quote_documentation(
        QuoteDocumentation(
            actor=actor_of(request),
            call_id=CallId(call_id),
            passage_id=PassageId(data.passage_id),
            once=key.once(_quoted),
        )
    )
    return respond(_quoted(quotation))


@get(
    "/v1/calls/{call_id:uuid}/quotations",
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        query=LIST,
        shows=QuotationPage,
        refuses=(CallNotFound, BadCursor),
    ).opt,
)
async def list_quotations(
    request: AnyRequest,
    call_id: FromPath[UUID],
    quotation_views: NamedDependency[SkipValidation[QuotationViews]],
) -> Response[bytes]:
    """What was quoted in a call, the latest first, and whether its pages still say so."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await quotation_views.quotations(
        actor_of(request), CallId(call_id), slice=cursors.slice(query)
    )
    items = [QuotationBody.of(shown) for shown in page.items]
    return cursors.respond(QuotationPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/calls/{call_id:uuid}/quotations/{quotation_id:uuid}",
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        shows=QuotationBody,
        refuses=(CallNotFound, QuotationNotFound),
    ).opt,
)
async def read_quotation(
    request: AnyRequest,
    call_id: FromPath[UUID],
    quotation_id: FromPath[UUID],
    quotation_views: NamedDependency[SkipValidation[QuotationViews]],
) -> Response[bytes]:
    """One quotation, and whether its page still says so."""
    shown = await quotation_views.quotation(
        actor_of(request), CallId(call_id), QuotationId(quotation_id)
    )
    return respond(answer(QuotationBody.of(shown)))


router = Router("/", route_handlers=[quote_documentation, list_quotations, read_quotation])
