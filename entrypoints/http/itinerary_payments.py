"""Routes of payments for all of an itinerary."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.pay_itinerary import PayItinerary
from application.kernel.ports import UseCase
from application.payments.carry_on_payment import CarriedOn
from application.payments.gateway import NoPaymentProvider, PaymentProviderDown
from domain.bookings.itinerary import ItineraryNotFound
from domain.bookings.life import AwaitsApproval, HoldExpired, NoLongerOpen, NotHeld
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ItineraryId
from domain.kernel.money import CurrenciesDiffer
from domain.payments.refusals import NothingToPay, PaymentOpen
from entrypoints.http.answers import respond, worded
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.in_calls import CALL_ID
from entrypoints.http.operations import Operation
from entrypoints.http.payment_shapes import CarriedOnBody, JointPaymentInput
from entrypoints.http.reading import Body, OptionalBody
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

START: Body[JointPaymentInput] = OptionalBody(
    JointPaymentInput,
    examples={
        "what is due": {"return_url": "https://shop.example.com/thanks"},
        "all of it": {"in_full": True},
    },
)
THIS = {"payment_id": "$response.body#/payment/id"}

_begun = worded(
    CarriedOnBody.of,
    status=201,
    version=lambda one: one.payment.version,
    location=lambda one: f"/v1/payments/{one.payment.id}",
)


@post(
    "/v1/itineraries/{itinerary_id:uuid}/payments",
    opt=Operation(
        tag="payments",
        needs=Permission.TAKE_PAYMENTS,
        sends=(IDEMPOTENCY_KEY, CALL_ID),
        body=START,
        shows=CarriedOnBody,
        status=201,
        refuses=(
            ItineraryNotFound,
            AwaitsApproval,
            NotHeld,
            HoldExpired,
            NoLongerOpen,
            NothingToPay,
            PaymentOpen,
            CurrenciesDiffer,
            NoPaymentProvider,
            PaymentProviderDown,
        ),
        then={"read_payment": THIS, "carry_on_payment": THIS},
    ).opt,
)
async def pay_itinerary(
    request: AnyRequest,
    itinerary_id: FromPath[UUID],
    pay_itinerary: NamedDependency[SkipValidation[UseCase[PayItinerary, CarriedOn]]],
) -> Response[bytes]:
    """Begin to pay once for all bookings of an itinerary of which something is due.

    Each booking gets a payment of its own, a share of the whole; the one that is answered leads
    them, and its `joint.total` is what the customer pays. Once that is captured, all that is held
    is confirmed by itself. What goes back for one booking goes back out of its share.
    """
    data = await START.of(request)
    key = await IdempotencyKey.of(request)
    carried_on = await pay_itinerary(
        PayItinerary(
            actor=actor_of(request),
            itinerary_id=ItineraryId(itinerary_id),
            in_full=data.in_full,
            return_url=data.return_url,
            once=key.once(_begun),
        )
    )
    return respond(_begun(carried_on))


router = Router("/", route_handlers=[pay_itinerary])
