"""The route of figures about the use of documentation."""

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.analytics.asking import Asking
from application.analytics.documentation_views import (
    MOST_SHOWN,
    DocumentationUseViews,
    Gap,
    QuotedMost,
)
from application.kernel.ports import Clock
from domain.analytics.documentation_use import USE_FIGURES
from domain.kernel.actors import Permission
from domain.kernel.periods import BadPeriod, UnknownZone
from entrypoints.http.answers import answer, respond
from entrypoints.http.asked_questions import Times, Words
from entrypoints.http.figure_shapes import (
    AskedBody,
    SpannedBody,
    SpanQuery,
    Values,
    asked,
    span_of,
    spanned,
    valued,
)
from entrypoints.http.operations import Operation
from entrypoints.http.page_shapes import Heading, PageUrl
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff, Identifier, Moment, Output

AnyRequest = Request[Any, Any, Any]

QUERY = Query(SpanQuery)


class QuotedMostBody(Output, frozen=True):
    """`left_at` is since when its page says it no more: what callers are told is of the past."""

    passage_id: Identifier
    path: Annotated[Sequence[Heading], Meta(max_length=100)]
    url: PageUrl
    times: Times
    calls: Times
    left_at: Moment | None

    @classmethod
    def of(cls, quoted: QuotedMost) -> "QuotedMostBody":
        return cls(
            passage_id=quoted.passage_id,
            path=quoted.path,
            url=quoted.url,
            times=quoted.times,
            calls=quoted.calls,
            left_at=quoted.left_at,
        )


class GapBody(Output, frozen=True):
    words: Words
    times: Times

    @classmethod
    def of(cls, gap: Gap) -> "GapBody":
        return cls(words=gap.words, times=gap.times)


class UsedInterval(SpannedBody, frozen=True):
    figures: Values


class DocumentationUseBody(AskedBody, frozen=True):
    """`before` is as much time before."""

    figures: Values
    before: UsedInterval
    quoted_most: Annotated[Sequence[QuotedMostBody], Meta(max_length=MOST_SHOWN)]
    gaps: Annotated[Sequence[GapBody], Meta(max_length=MOST_SHOWN)]


@get(
    "/v1/analytics/documentation",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        query=QUERY,
        shows=DocumentationUseBody,
        refuses=(BadPeriod, FarOff, UnknownZone),
    ).opt,
)
async def read_documentation_use(
    request: AnyRequest,
    documentation_use: NamedDependency[SkipValidation[DocumentationUseViews]],
    asking: NamedDependency[SkipValidation[Asking]],
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[bytes]:
    """What documentation was asked, what it did not know, and what of it callers were told.

    It takes the permission to read documentation as well.
    """
    actor = actor_of(request)
    span = await span_of(QUERY.of(request), actor, asking)
    totals = await documentation_use.totals(actor, span)
    before = await documentation_use.totals(actor, span.before)
    body = DocumentationUseBody(
        figures=valued(USE_FIGURES, totals),
        before=UsedInterval(
            figures=valued(USE_FIGURES, before), **spanned(span.zone, span.before.period)
        ),
        quoted_most=[
            QuotedMostBody.of(each) for each in await documentation_use.quoted_most(actor, span)
        ],
        gaps=[GapBody.of(each) for each in await documentation_use.gaps(actor, span)],
        **asked(span, clock(), USE_FIGURES),
    )
    return respond(answer(body))


router = Router("/", route_handlers=[read_documentation_use])
