"""Routes that ask data sources, and that say what came of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.kernel.pages import BadCursor
from application.kernel.ports import Clock, UseCase
from application.pipelines.check_source import Checked, CheckSource
from application.pipelines.source_views import SourceViews
from domain.kernel.actors import Permission
from domain.kernel.identifiers import DataSourceId
from domain.pipelines.sources import DataSourceNotFound, WrongSourceState
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Query, no_body
from entrypoints.http.security import actor_of
from entrypoints.http.source_attempt_shapes import (
    SourceAttemptBody,
    SourceAttemptPage,
    SourceMetricsBody,
    SourceValidationBody,
)

AnyRequest = Request[Any, Any, Any]
Views = NamedDependency[SkipValidation[SourceViews]]

ATTEMPTS = Query(PageQuery)
METRICS_OF = timedelta(days=30)

_validated = worded(SourceValidationBody.of, version=lambda checked: checked.source.version)


@post(
    "/v1/data-sources/{data_source_id:uuid}/validate",
    status_code=200,
    opt=Operation(
        tag="pipelines",
        needs=Permission.WRITE_PIPELINES,
        sends=(IDEMPOTENCY_KEY,),
        shows=SourceValidationBody,
        refuses=(DataSourceNotFound, WrongSourceState),
    ).opt,
)
async def validate_data_source(
    request: AnyRequest,
    data_source_id: FromPath[UUID],
    check_source: NamedDependency[SkipValidation[UseCase[CheckSource, Checked]]],
) -> Response[bytes]:
    """Connect to it now, within its time limit, and say what is there."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = CheckSource(
        actor=actor_of(request),
        source_id=DataSourceId(data_source_id),
        once=key.once(_validated),
    )
    return respond(_validated(await check_source(command)))


@get(
    "/v1/data-sources/{data_source_id:uuid}/attempts",
    opt=Operation(
        tag="pipelines",
        needs=Permission.READ_PIPELINES,
        query=ATTEMPTS,
        shows=SourceAttemptPage,
        refuses=(DataSourceNotFound, BadCursor),
    ).opt,
)
async def list_data_source_attempts(
    request: AnyRequest, data_source_id: FromPath[UUID], source_views: Views
) -> Response[bytes]:
    """What came of asking it, the latest first."""
    query, cursors = ATTEMPTS.of(request), Cursors.of(request)
    page = await source_views.attempts(
        actor_of(request), DataSourceId(data_source_id), slice=cursors.slice(query)
    )
    items = [SourceAttemptBody.of(attempt) for attempt in page.items]
    return cursors.respond(SourceAttemptPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/data-sources/{data_source_id:uuid}/metrics",
    opt=Operation(
        tag="pipelines",
        needs=Permission.READ_PIPELINES,
        shows=SourceMetricsBody,
        refuses=(DataSourceNotFound,),
    ).opt,
)
async def read_data_source_metrics(
    request: AnyRequest,
    data_source_id: FromPath[UUID],
    source_views: Views,
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[bytes]:
    """How it fared in the last thirty days."""
    actor, source_id = actor_of(request), DataSourceId(data_source_id)
    since = clock() - METRICS_OF
    source = await source_views.source(actor, source_id)
    metrics = await source_views.metrics(actor, source_id, since=since)
    return respond(answer(SourceMetricsBody.of(metrics, health=source.health, since=since)))


router = Router(
    "/",
    route_handlers=[
        validate_data_source,
        list_data_source_attempts,
        read_data_source_metrics,
    ],
)
