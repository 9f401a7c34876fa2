"""What posting measurements, log lines and spans has in common."""

from collections.abc import Sequence
from typing import Any

import attrs
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from application.identity.count_requests import CountRequests
from application.kernel.ports import Clock, UseCase
from application.pipelines.post_events import Posted
from application.pipelines.post_telemetry import PostTelemetry
from domain.kernel.actors import Permission
from entrypoints.http.answers import answer, respond
from entrypoints.http.ingestion_shapes import PostedBody
from entrypoints.http.operations import Operation
from entrypoints.http.rate_limiting import telling
from entrypoints.http.reading import Body
from entrypoints.http.refusals import ImpossibleTimes
from entrypoints.http.security import actor_of
from entrypoints.http.telemetry_shapes import Posting, all_said

AnyRequest = Request[Any, Any, Any]
Post = NamedDependency[SkipValidation[UseCase[PostTelemetry, Posted]]]
Counting = NamedDependency[SkipValidation[CountRequests]]
Now = NamedDependency[SkipValidation[Clock]]


def posting(body: Body[Any]) -> dict[str, Any]:
    return Operation(
        tag="pipelines",
        needs=Permission.WRITE_PIPELINES,
        body=body,
        shows=PostedBody,
        status=202,
        refuses=(ImpossibleTimes,),
    ).opt


@attrs.frozen
class Taking:
    """Stored when this is answered; each counts like an event towards the organization's limit."""

    request: AnyRequest
    post: UseCase[PostTelemetry, Posted]
    count: CountRequests
    clock: Clock

    async def __call__(self, member: str, posted: Sequence[Posting]) -> Response[bytes]:
        """Raises ImpossibleTimes or RateLimited."""
        actor = actor_of(self.request)
        said = all_said(member, posted, now=self.clock())
        await self.count.of_events(actor, len(said), told=telling(self.request.scope))
        taken = await self.post(PostTelemetry(actor=actor, said=said))
        return respond(answer(PostedBody.of(taken), status=202))
