"""Routes of data sources."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from application.pipelines.keep_sources import AddSource, ChangeSource, SteerSource, Turn
from application.pipelines.source_views import SourceViews
from domain.kernel.actors import Permission
from domain.kernel.identifiers import DataSourceId
from domain.kernel.schedules import BadCron
from domain.pipelines.source_refusals import BadConnection, TooManyDataSources
from domain.pipelines.sources import DataSourceNotFound, Source, WrongSourceState
from entrypoints.http.answers import respond, tagged, worded
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of
from entrypoints.http.source_shapes import (
    GUESTS,
    DataSourceBody,
    DataSourceInput,
    DataSourcePage,
    DataSourceQuery,
)

AnyRequest = Request[Any, Any, Any]
Steer = UseCase[SteerSource, Source]
Views = NamedDependency[SkipValidation[SourceViews]]

SOURCE: Body[DataSourceInput] = Body(DataSourceInput, examples={"a file": GUESTS})
LIST = Query(DataSourceQuery)

_added = worded(
    DataSourceBody.of,
    status=201,
    version=lambda source: source.version,
    location=lambda source: f"/v1/data-sources/{source.id}",
)
_said = worded(DataSourceBody.of, version=lambda source: source.version)


@post(
    "/v1/data-sources",
    opt=Operation(
        tag="pipelines",
        needs=Permission.WRITE_PIPELINES,
        sends=(IDEMPOTENCY_KEY,),
        body=SOURCE,
        shows=DataSourceBody,
        status=201,
        refuses=(BadConnection, BadCron, TooManyDataSources),
        then={"validate_data_source": {"data_source_id": "$response.body#/id"}},
    ).opt,
)
async def add_data_source(
    request: AnyRequest, add_source: NamedDependency[SkipValidation[UseCase[AddSource, Source]]]
) -> Response[bytes]:
    """Say where records come from. Nothing is asked yet, and nothing is read before that."""
    data = await SOURCE.of(request)
    key = await IdempotencyKey.of(request)
    command = AddSource(
        actor=actor_of(request),
        name=data.name,
        connection=data.connection(),
        description=data.description,
        tags=data.tags,
        schedule=data.scheduled(),
        once=key.once(_added),
    )
    return respond(_added(await add_source(command)))


@get(
    "/v1/data-sources",
    opt=Operation(
        tag="pipelines",
        needs=Permission.READ_PIPELINES,
        query=LIST,
        shows=DataSourcePage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_data_sources(request: AnyRequest, source_views: Views) -> Response[bytes]:
    """Data sources, as they were added."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await source_views.sources(
        actor_of(request), state=query.state, slice=cursors.slice(query)
    )
    items = [DataSourceBody.of(source) for source in page.items]
    return cursors.respond(DataSourcePage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/data-sources/{data_source_id:uuid}",
    opt=Operation(
        tag="pipelines",
        needs=Permission.READ_PIPELINES,
        sends=(IF_NONE_MATCH,),
        shows=DataSourceBody,
        refuses=(DataSourceNotFound,),
    ).opt,
)
async def read_data_source(
    request: AnyRequest, data_source_id: FromPath[UUID], source_views: Views
) -> Response[bytes]:
    """One data source, and how it fares."""
    source = await source_views.source(actor_of(request), DataSourceId(data_source_id))
    return tagged(request, DataSourceBody.of(source), version=source.version)


@put(
    "/v1/data-sources/{data_source_id:uuid}",
    opt=Operation(
        tag="pipelines",
        needs=Permission.WRITE_PIPELINES,
        sends=(IF_MATCH,),
        body=SOURCE,
        shows=DataSourceBody,
        refuses=(DataSourceNotFound, BadConnection, BadCron, WrongSourceState),
    ).opt,
)
async def change_data_source(
    request: AnyRequest,
    data_source_id: FromPath[UUID],
    change_source: NamedDependency[SkipValidation[UseCase[ChangeSource, Source]]],
) -> Response[bytes]:
    """Say otherwise where records come from; reached otherwise, it is a draft again."""
    data = await SOURCE.of(request)
    command = ChangeSource(
        actor=actor_of(request),
        source_id=DataSourceId(data_source_id),
        name=data.name,
        connection=data.connection(),
        description=data.description,
        tags=data.tags,
        schedule=data.scheduled(),
        version=seen_version(request),
    )
    return respond(_said(await change_source(command)))


@delete(
    "/v1/data-sources/{data_source_id:uuid}",
    status_code=200,
    opt=Operation(
        tag="pipelines",
        needs=Permission.WRITE_PIPELINES,
        sends=(IF_MATCH,),
        shows=DataSourceBody,
        refuses=(DataSourceNotFound, WrongSourceState),
    ).opt,
)
async def archive_data_source(
    request: AnyRequest,
    data_source_id: FromPath[UUID],
    steer_source: NamedDependency[SkipValidation[Steer]],
) -> Response[bytes]:
    """Archive it for good: nothing is read of it any more, and its history stays."""
    await no_body(request)
    command = SteerSource(
        actor=actor_of(request),
        source_id=DataSourceId(data_source_id),
        turn=Turn.ARCHIVE,
        version=seen_version(request),
    )
    return respond(_said(await steer_source(command)))


STEERING = Operation(
    tag="pipelines",
    needs=Permission.WRITE_PIPELINES,
    sends=(IDEMPOTENCY_KEY, IF_MATCH),
    shows=DataSourceBody,
    refuses=(DataSourceNotFound, WrongSourceState),
).opt


async def _steer(
    request: AnyRequest, source_id: UUID, turn: Turn, steer_source: Steer
) -> Response[bytes]:
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = SteerSource(
        actor=actor_of(request),
        source_id=DataSourceId(source_id),
        turn=turn,
        version=seen_version(request),
        once=key.once(_said),
    )
    return respond(_said(await steer_source(command)))


@post("/v1/data-sources/{data_source_id:uuid}/activate", status_code=200, opt=STEERING)
async def activate_data_source(
    request: AnyRequest,
    data_source_id: FromPath[UUID],
    steer_source: NamedDependency[SkipValidation[Steer]],
) -> Response[bytes]:
    """Let it be read from now on, by its schedule or when somebody wants it."""
    return await _steer(request, data_source_id, Turn.ACTIVATE, steer_source)


@post("/v1/data-sources/{data_source_id:uuid}/pause", status_code=200, opt=STEERING)
async def pause_data_source(
    request: AnyRequest,
    data_source_id: FromPath[UUID],
    steer_source: NamedDependency[SkipValidation[Steer]],
) -> Response[bytes]:
    """Read nothing of it until it is activated again."""
    return await _steer(request, data_source_id, Turn.PAUSE, steer_source)


router = Router(
    "/",
    route_handlers=[
        add_data_source,
        list_data_sources,
        read_data_source,
        change_data_source,
        archive_data_source,
        activate_data_source,
        pause_data_source,
    ],
)
