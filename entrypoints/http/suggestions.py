"""The route of what else there is when something is sold out."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.inventory.suggestion_views import Suggestion, SuggestionViews, Wanted
from domain.inventory.resources import ResourceNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import BadDates
from entrypoints.http.answers import answer, respond
from entrypoints.http.availability import AtLeast, DatesQuery, Free
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Identifier, Moment, Name, Output, Part

AnyRequest = Request[Any, Any, Any]


class SuggestionsQuery(DatesQuery, frozen=True, kw_only=True, rename={"first": "from"}):
    units: AtLeast = 1
    part: Part | None = None


class SuggestionBody(Output, frozen=True, rename={"first": "from"}):
    """`starts_at` is there for what takes place at one time."""

    resource_id: Identifier
    name: Name
    first: date
    until: date
    starts_at: Moment | None
    free: Free

    @classmethod
    def of(cls, one: Suggestion) -> "SuggestionBody":
        return cls(
            resource_id=one.resource_id,
            name=one.name,
            first=one.dates.first,
            until=one.dates.until,
            starts_at=one.starts_at,
            free=one.free,
        )


class SuggestionList(Output, frozen=True):
    suggestions: Annotated[Sequence[SuggestionBody], Meta(max_length=SuggestionViews.MOST)]


QUERY = Query(SuggestionsQuery)


@get(
    "/v1/resources/{resource_id:uuid}/suggestions",
    opt=Operation(
        tag="availability",
        needs=Permission.READ_CATALOGUE,
        query=QUERY,
        shows=SuggestionList,
        refuses=(ResourceNotFound, BadDates),
    ).opt,
)
async def list_suggestions(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    suggestion_views: NamedDependency[SkipValidation[SuggestionViews]],
) -> Response[bytes]:
    """What to offer instead of what is sold out, nearest first.

    Of what is sold by the day, as many other days in a row within a month, of the same. Otherwise
    sessions of the same name and flights between the same airports within a month.
    """
    query = QUERY.of(request)
    wanted = Wanted(
        resource_id=ResourceId(resource_id),
        dates=query.dates(),
        units=query.units,
        part=query.part,
    )
    found = await suggestion_views.suggestions(actor_of(request), wanted)
    return respond(answer(SuggestionList(suggestions=[SuggestionBody.of(one) for one in found])))


router = Router("/", route_handlers=[list_suggestions])
