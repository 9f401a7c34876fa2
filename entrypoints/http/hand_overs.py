"""The route of what whoever takes a call over is told."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.calls.hand_over import (
    MOST_HOLDS,
    MOST_QUOTATIONS,
    HandOver,
    OpenHold,
    ReadHandOver,
)
from application.kernel.ports import UseCase
from domain.calls.escalation_life import EscalationNotFound
from domain.calls.hand_over import MOST_KEY_POINTS
from domain.kernel.actors import Permission
from domain.kernel.identifiers import EscalationId
from entrypoints.http.answers import answer, respond
from entrypoints.http.booking_shapes import Reference
from entrypoints.http.call_quality_shapes import LineBody
from entrypoints.http.call_shapes import CallBody
from entrypoints.http.escalation_shapes import EscalationBody
from entrypoints.http.operations import Operation
from entrypoints.http.quotation_shapes import QuotationBody
from entrypoints.http.refusals import TEXT
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Identifier, Moment, Output

KeyPoint = Annotated[str, Meta(pattern=TEXT, max_length=4100, examples=["Then I want a refund."])]


class OpenHoldBody(Output, frozen=True):
    booking_id: Identifier
    reference: Reference
    expires_at: Moment

    @classmethod
    def of(cls, hold: OpenHold) -> "OpenHoldBody":
        return cls(
            booking_id=hold.booking_id, reference=hold.reference, expires_at=hold.expires_at
        )


class HandOverBody(Output, frozen=True):
    """`summary` is the first, the middle and the last line that was said, as far as they differ.

    `key_points` are what the customer asked, and what has a keyword in it: the latest five.
    `holds` are what was held in the call and still is, for whoever may read bookings. `quotations`
    are the latest twenty passages of documentation that were quoted in it.
    """

    escalation: EscalationBody
    call: CallBody
    summary: Annotated[Sequence[LineBody], Meta(max_length=3)]
    key_points: Annotated[Sequence[KeyPoint], Meta(max_length=MOST_KEY_POINTS)]
    holds: Annotated[Sequence[OpenHoldBody], Meta(max_length=MOST_HOLDS)]
    quotations: Annotated[Sequence[QuotationBody], Meta(max_length=MOST_QUOTATIONS)]

    @classmethod
    def of(cls, hand_over: HandOver) -> "HandOverBody":
        return cls(
            escalation=EscalationBody.of(hand_over.escalation),
            call=CallBody.of(hand_over.call),
            summary=[LineBody.of(line) for line in hand_over.briefing.summary],
            key_points=hand_over.briefing.key_points,
            holds=[OpenHoldBody.of(hold) for hold in hand_over.holds],
            quotations=[QuotationBody.of(shown) for shown in hand_over.quotations],
        )


@get(
    "/v1/escalations/{escalation_id:uuid}/hand-over",
    opt=Operation(
        tag="escalations",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        shows=HandOverBody,
        refuses=(EscalationNotFound,),
    ).opt,
)
async def read_hand_over(
    request: Request[Any, Any, Any],
    escalation_id: FromPath[UUID],
    read_hand_over: NamedDependency[SkipValidation[UseCase[ReadHandOver, HandOver]]],
) -> Response[bytes]:
    """What it is about, so that nobody has to say anything twice: the call, and what was said.

    With `calls:own` alone, it is there for the agent who was asked and for whoever has escalated.
    """
    command = ReadHandOver(actor=actor_of(request), escalation_id=EscalationId(escalation_id))
    return respond(answer(HandOverBody.of(await read_hand_over(command))))


router = Router("/", route_handlers=[read_hand_over])
