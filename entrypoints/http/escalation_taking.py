"""What the routes of all steps of an escalation have in common."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from litestar import Request, Response

from application.calls.escalation_steps import EscalationStep
from application.kernel.ports import UseCase
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import EscalationNotFound, NoSuchStep, NotYourEscalation
from domain.kernel.actors import Permission
from domain.kernel.identifiers import EscalationId
from domain.kernel.refusals import Refusal
from entrypoints.http.answers import respond, worded
from entrypoints.http.escalation_shapes import EscalationBody
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Step = UseCase[Any, Escalation]

_done = worded(EscalationBody.of, version=lambda escalation: escalation.version)


def step(*refuses: type[Refusal], body: Body[Any] | None = None) -> dict[str, Operation]:
    return Operation(
        tag="escalations",
        needs=Permission.HANDLE_OWN_CALLS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        body=body,
        shows=EscalationBody,
        refuses=(EscalationNotFound, NotYourEscalation, NoSuchStep, *refuses),
    ).opt


async def take(
    kind: Callable[..., EscalationStep],
    request: AnyRequest,
    escalation_id: UUID,
    use_case: Step,
    **said: Any,
) -> Response[bytes]:
    key = await IdempotencyKey.of(request)
    command = kind(
        actor=actor_of(request),
        escalation_id=EscalationId(escalation_id),
        version=seen_version(request),
        once=key.once(_done),
        **said,
    )
    return respond(_done(await use_case(command)))
