"""The route of what a call has led to."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.calls.sales import Sale, SalesViews, revenue
from domain.bookings.life import BookingState
from domain.calls.refusals import CallNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import CallId
from entrypoints.http.answers import answer, respond
from entrypoints.http.booking_shapes import Reference
from entrypoints.http.operations import Operation
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Identifier, MoneyBody, Name, Output

MOST_CURRENCIES = 200


class SaleBody(Output, frozen=True):
    booking_id: Identifier
    reference: Reference
    title: Name
    state: BookingState
    total: MoneyBody

    @classmethod
    def of(cls, sale: Sale) -> "SaleBody":
        return cls(
            booking_id=sale.booking_id,
            reference=sale.reference,
            title=sale.title,
            state=BookingState(sale.state),
            total=MoneyBody.of(sale.total),
        )


class SalesBody(Output, frozen=True):
    """Bookings that were held or confirmed in the call and are not cancelled, and their worth."""

    converted: bool
    bookings: Annotated[Sequence[SaleBody], Meta(max_length=SalesViews.MOST)]
    revenue: Annotated[Sequence[MoneyBody], Meta(max_length=MOST_CURRENCIES)]

    @classmethod
    def of(cls, sales: Sequence[Sale]) -> "SalesBody":
        return cls(
            converted=bool(sales),
            bookings=[SaleBody.of(sale) for sale in sales],
            revenue=[MoneyBody.of(amount) for amount in revenue(sales)],
        )


@get(
    "/v1/calls/{call_id:uuid}/sales",
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        shows=SalesBody,
        refuses=(CallNotFound,),
    ).opt,
)
async def read_sales_of_call(
    request: Request[Any, Any, Any],
    call_id: FromPath[UUID],
    sales_views: NamedDependency[SkipValidation[SalesViews]],
) -> Response[bytes]:
    """What a call has led to by now, for whoever may read bookings as well."""
    sales = await sales_views.sales(actor_of(request), CallId(call_id))
    return respond(answer(SalesBody.of(sales)))


router = Router("/", route_handlers=[read_sales_of_call])
