"""Routes of what was said in calls, and of how good they were."""

from functools import partial
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.calls.add_lines import AddLines
from application.calls.quality_ports import QualityViews
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.calls.refusals import CallNotFound
from domain.calls.transcript import BadLine, TranscriptFull
from domain.calls.utterances import Speaker, Utterance
from domain.kernel.actors import Permission
from domain.kernel.identifiers import CallId
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.call_quality_shapes import (
    HELLO,
    LineBody,
    LinePage,
    LineQuery,
    LinesBody,
    LinesInput,
    QualityBody,
)
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors
from entrypoints.http.reading import Body, Overheard, Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff

AnyRequest = Request[Any, Any, Any]

LINES: Body[LinesInput] = Overheard(LinesInput, examples={"greeting": {"lines": [HELLO]}})
TRANSCRIPT = Query(LineQuery)


@post(
    "/v1/calls/{call_id:uuid}/lines",
    opt=Operation(
        tag="quality",
        needs=Permission.WRITE_CALLS,
        sends=(IDEMPOTENCY_KEY,),
        body=LINES,
        shows=LinesBody,
        status=201,
        refuses=(CallNotFound, TranscriptFull, BadLine, FarOff),
    ).opt,
)
async def add_lines(
    request: AnyRequest,
    call_id: FromPath[UUID],
    add_lines: NamedDependency[SkipValidation[UseCase[AddLines, tuple[Utterance, ...]]]],
) -> Response[bytes]:
    """Add what was said to the transcript. Numbers of cards and of social security are masked."""
    data = await LINES.of(request)
    key = await IdempotencyKey.of(request)
    added = worded(partial(LinesBody.of, call_id), status=201)
    command = AddLines(
        actor=actor_of(request),
        call_id=CallId(call_id),
        said=tuple(one.said() for one in data.lines),
        once=key.once(added),
    )
    return respond(added(await add_lines(command)))


@get(
    "/v1/calls/{call_id:uuid}/lines",
    opt=Operation(
        tag="quality",
        needs=Permission.READ_CALLS,
        query=TRANSCRIPT,
        shows=LinePage,
        refuses=(BadCursor, CallNotFound),
    ).opt,
)
async def list_lines(
    request: AnyRequest,
    call_id: FromPath[UUID],
    quality_views: NamedDependency[SkipValidation[QualityViews]],
) -> Response[bytes]:
    """What was said in a call, line by line."""
    query, cursors = TRANSCRIPT.of(request), Cursors.of(request)
    found = await quality_views.lines(
        actor_of(request),
        CallId(call_id),
        None if query.speaker is None else Speaker(query.speaker),
        slice=cursors.slice(query),
    )
    return cursors.respond(
        LinePage(items=[LineBody.of(one) for one in found.items], next=cursors.write(found.next))
    )


@get(
    "/v1/calls/{call_id:uuid}/quality",
    opt=Operation(
        tag="quality",
        needs=Permission.READ_CALLS,
        shows=QualityBody,
        refuses=(CallNotFound,),
    ).opt,
)
async def read_call_quality(
    request: AnyRequest,
    call_id: FromPath[UUID],
    quality_views: NamedDependency[SkipValidation[QualityViews]],
) -> Response[bytes]:
    """How good a call was, why, and what it was about."""
    found = await quality_views.quality(actor_of(request), CallId(call_id))
    return respond(answer(QualityBody.of(found)))


router = Router("/", route_handlers=[add_lines, list_lines, read_call_quality])
