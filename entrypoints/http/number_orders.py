"""Routes of telephone numbers that are bought, and released."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.calls.number_market import NumberOffer
from application.calls.order_desk_numbers import BuyDeskNumber, FindNumbers, ReleaseDeskNumber
from application.calls.telephony import NoTelephony, TelephonyRefused, TelephonyUnavailable
from application.kernel.ports import UseCase
from domain.calls.agents import AgentNotFound
from domain.calls.desk_numbers import (
    DeskNumber,
    PhoneNumberInUse,
    PhoneNumberNotBought,
    PhoneNumberNotFound,
    PhoneNumberTaken,
)
from domain.calls.queues import QueueNotFound
from domain.calls.refusals import BadPhoneNumber
from domain.identity.request_limits import Counted
from domain.kernel.actors import Permission
from domain.kernel.identifiers import DeskNumberId
from entrypoints.http.answers import JSON, encode, respond, worded
from entrypoints.http.desk_number_shapes import DeskNumberBody
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.number_order_shapes import (
    PURCHASE,
    NumberOfferBody,
    NumberOffersBody,
    NumberQuery,
    PurchaseInput,
)
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

WISH = Query(NumberQuery)
BUY: Body[PurchaseInput] = Body(PurchaseInput, examples={"reservations": PURCHASE})
LINE = (NoTelephony, TelephonyRefused, TelephonyUnavailable)

_bought = worded(
    DeskNumberBody.of,
    status=201,
    version=lambda one: one.version,
    location=lambda one: f"/v1/phone-numbers/{one.id}",
)
_released = worded(DeskNumberBody.of, version=lambda one: one.version)


@get(
    "/v1/available-phone-numbers",
    opt=Operation(
        tag="agents",
        needs=Permission.WRITE_AGENTS,
        counts_as=Counted.SEARCH,
        query=WISH,
        shows=NumberOffersBody,
        refuses=LINE,
    ).opt,
)
async def find_numbers(
    request: AnyRequest,
    find_numbers: NamedDependency[SkipValidation[UseCase[FindNumbers, Sequence[NumberOffer]]]],
) -> Response[bytes]:
    """Telephone numbers that whoever carries the calls has for sale."""
    command = FindNumbers(actor=actor_of(request), wish=WISH.of(request).wish())
    offers = await find_numbers(command)
    body = NumberOffersBody(items=[NumberOfferBody.of(one) for one in offers])
    return Response(encode(body), media_type=JSON)


@post(
    "/v1/phone-numbers/purchases",
    opt=Operation(
        tag="agents",
        needs=Permission.MANAGE_SETTINGS,
        sends=(IDEMPOTENCY_KEY,),
        body=BUY,
        shows=DeskNumberBody,
        status=201,
        refuses=(BadPhoneNumber, PhoneNumberTaken, AgentNotFound, QueueNotFound, *LINE),
        then={"read_desk_number": {"desk_number_id": "$response.body#/id"}},
    ).opt,
)
async def buy_desk_number(
    request: AnyRequest,
    buy_desk_number: NamedDependency[SkipValidation[UseCase[BuyDeskNumber, DeskNumber]]],
) -> Response[bytes]:
    """Buy a telephone number: it costs money, once, however often it is asked for."""
    data = await BUY.of(request)
    key = await IdempotencyKey.of(request)
    command = BuyDeskNumber(
        actor=actor_of(request),
        number=data.number,
        label=data.label,
        rings_for=data.who_is_rung(),
        once=key.once(_bought),
    )
    return respond(_bought(await buy_desk_number(command)))


@post(
    "/v1/phone-numbers/{desk_number_id:uuid}/release",
    status_code=200,
    opt=Operation(
        tag="agents",
        needs=Permission.MANAGE_SETTINGS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        shows=DeskNumberBody,
        refuses=(PhoneNumberNotFound, PhoneNumberNotBought, PhoneNumberInUse, *LINE),
    ).opt,
)
async def release_desk_number(
    request: AnyRequest,
    desk_number_id: FromPath[UUID],
    release_desk_number: NamedDependency[SkipValidation[UseCase[ReleaseDeskNumber, DeskNumber]]],
) -> Response[bytes]:
    """Give a number back that was bought: nobody is called at it, nor paid for it, any more."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = ReleaseDeskNumber(
        actor=actor_of(request),
        desk_number_id=DeskNumberId(desk_number_id),
        version=seen_version(request),
        once=key.once(_released),
    )
    return respond(_released(await release_desk_number(command)))


router = Router("/", route_handlers=[find_numbers, buy_desk_number, release_desk_number])
