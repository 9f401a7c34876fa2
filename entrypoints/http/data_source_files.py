"""Routes of files that are handed in to be read as data sources."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.kernel.ports import UseCase
from application.pipelines.keep_sources import HandInFile
from domain.kernel.actors import Permission
from domain.kernel.identifiers import DataSourceId
from domain.pipelines.source_refusals import BadConnection
from domain.pipelines.sources import DataSourceNotFound, Source, WrongSourceState
from entrypoints.http.answers import respond, worded
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.security import actor_of
from entrypoints.http.source_shapes import DataSourceBody, SourceFileInput

AnyRequest = Request[Any, Any, Any]

LARGEST_BODY = 14_000_000  # bytes: a file of ten million in base64

FILE: Body[SourceFileInput] = Body(
    SourceFileInput, examples={"guests": {"content": "bmFtZSxuaWdodHMKQWRhLDIK"}}
)

_handed_in = worded(DataSourceBody.of, version=lambda source: source.version)


@put(
    "/v1/data-sources/{data_source_id:uuid}/file",
    request_max_body_size=LARGEST_BODY,
    opt=Operation(
        tag="pipelines",
        needs=Permission.WRITE_PIPELINES,
        sends=(IF_MATCH,),
        body=FILE,
        shows=DataSourceBody,
        refuses=(DataSourceNotFound, WrongSourceState, BadConnection),
    ).opt,
)
async def hand_in_file(
    request: AnyRequest,
    data_source_id: FromPath[UUID],
    hand_in_file: NamedDependency[SkipValidation[UseCase[HandInFile, Source]]],
) -> Response[bytes]:
    """Hand in the file of a source that has no address, in the place of the one before.

    A run that is under way reads the new one from its beginning. It is deleted once the source is
    archived.
    """
    data = await FILE.of(request)
    command = HandInFile(
        actor=actor_of(request),
        source_id=DataSourceId(data_source_id),
        content=data.content,
        version=seen_version(request),
    )
    return respond(_handed_in(await hand_in_file(command)))


router = Router("/", route_handlers=[hand_in_file])
