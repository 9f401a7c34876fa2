"""Routes of refunds and disputes that are known: read."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.kernel.pages import BadCursor
from application.payments.views import PaymentViews
from domain.kernel.actors import Permission
from domain.kernel.identifiers import RefundId
from domain.payments.refusals import RefundNotFound
from entrypoints.http.answers import tagged
from entrypoints.http.etags import IF_NONE_MATCH
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Query
from entrypoints.http.refund_shapes import (
    DisputeBody,
    DisputePage,
    RefundBody,
    RefundPage,
    RefundQuery,
)
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

SEARCH, PAGE = Query(RefundQuery), Query(PageQuery)


@get(
    "/v1/refunds/{refund_id:uuid}",
    opt=Operation(
        tag="refunds",
        needs=Permission.READ_PAYMENTS,
        sends=(IF_NONE_MATCH,),
        shows=RefundBody,
        refuses=(RefundNotFound,),
    ).opt,
)
async def read_refund(
    request: AnyRequest,
    refund_id: FromPath[UUID],
    payment_views: NamedDependency[SkipValidation[PaymentViews]],
) -> Response[bytes]:
    """One refund: who asked for it, who decided, and how far it is."""
    refund = await payment_views.refund(actor_of(request), RefundId(refund_id))
    return tagged(request, RefundBody.of(refund), version=refund.version)


@get(
    "/v1/refunds",
    opt=Operation(
        tag="refunds",
        needs=Permission.READ_PAYMENTS,
        query=SEARCH,
        shows=RefundPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_refunds(
    request: AnyRequest, payment_views: NamedDependency[SkipValidation[PaymentViews]]
) -> Response[bytes]:
    """Refunds, oldest first."""
    query, cursors = SEARCH.of(request), Cursors.of(request)
    page = await payment_views.refunds(
        actor_of(request), filter=query.filter(), slice=cursors.slice(query)
    )
    items = [RefundBody.of(refund) for refund in page.items]
    return cursors.respond(RefundPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/disputes",
    opt=Operation(
        tag="refunds",
        needs=Permission.READ_PAYMENTS,
        query=PAGE,
        shows=DisputePage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_disputes(
    request: AnyRequest, payment_views: NamedDependency[SkipValidation[PaymentViews]]
) -> Response[bytes]:
    """Payments that customers dispute at their bank, oldest first."""
    query, cursors = PAGE.of(request), Cursors.of(request)
    page = await payment_views.disputes(actor_of(request), slice=cursors.slice(query))
    items = [DisputeBody.of(dispute) for dispute in page.items]
    return cursors.respond(DisputePage(items=items, next=cursors.write(page.next)))


router = Router("/", route_handlers=[read_refund, list_refunds, list_disputes])
