"""Routes for customers who ask what is kept on them, or to be forgotten."""

from typing import Any

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from application.bookings.erase_customer import EraseCustomer
from application.bookings.export_customer import CustomerExport, ExportCustomer
from application.kernel.ports import UseCase
from domain.bookings.customer_events import CustomerErased
from domain.bookings.customers import CustomerNotFound, StillBooked, StillServed
from domain.kernel.actors import NotPermitted, Permission
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.customer_shapes import CustomerBody, CustomerInput, ErasureBody, ErasureInput
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]


WHOSE: Body[CustomerInput] = Body(
    CustomerInput, examples={"somebody": {"email": "ana@example.com"}}
)
ERASURE: Body[ErasureInput] = Body(
    ErasureInput, examples={"somebody": {"email": "ana@example.com"}}
)

_erased = worded(ErasureBody.of)


@post(
    "/v1/customers/export",
    status_code=200,
    opt=Operation(
        tag="customers",
        needs=Permission.MANAGE_PERSONAL_DATA,
        body=WHOSE,
        shows=CustomerBody,
        refuses=(CustomerNotFound,),
    ).opt,
)
async def export_customer(
    request: AnyRequest,
    export_customer: NamedDependency[SkipValidation[UseCase[ExportCustomer, CustomerExport]]],
) -> Response[bytes]:
    """Everything that is kept under an e-mail address, confidential needs as well.

    That it was shown, when and to whom, is kept in the event log.
    """
    data = await WHOSE.of(request)
    found = await export_customer(ExportCustomer(actor=actor_of(request), email=data.email))
    return respond(answer(CustomerBody.of(found)))


@post(
    "/v1/customers/erasures",
    opt=Operation(
        tag="customers",
        needs=Permission.MANAGE_PERSONAL_DATA,
        sends=(IDEMPOTENCY_KEY,),
        body=ERASURE,
        shows=ErasureBody,
        refuses=(CustomerNotFound, StillBooked, StillServed, NotPermitted),
    ).opt,
    status_code=200,
)
async def erase_customer(
    request: AnyRequest,
    erase_customer: NamedDependency[SkipValidation[UseCase[EraseCustomer, CustomerErased]]],
) -> Response[bytes]:
    """Forget a customer, for good.

    Bookings, prices and what became of them stay, but not whose they were. It is refused while
    something is to come; with `even_if_booked`, which takes the permission
    `organization:write`, bookings to come stay booked by nobody in particular.
    """
    data = await ERASURE.of(request)
    key = await IdempotencyKey.of(request)
    erased = await erase_customer(
        EraseCustomer(
            actor=actor_of(request),
            email=data.email,
            even_if_booked=data.even_if_booked,
            once=key.once(_erased),
        )
    )
    return respond(_erased(erased))


router = Router("/", route_handlers=[export_customer, erase_customer])
