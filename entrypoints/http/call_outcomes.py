"""Routes of what calls came to: settled at once, or sold."""

from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.analytics.asking import Asking
from application.analytics.call_views import CallFigureViews
from application.analytics.outcome_views import CallOutcomeViews, Conversion
from domain.analytics.call_outcomes import (
    CONVERSION_FIGURES,
    RESOLUTION_FIGURES,
    SOLD_FIGURES,
    USUAL_DAYS,
)
from domain.kernel.actors import Permission
from domain.kernel.periods import BadPeriod, UnknownZone
from entrypoints.http.answers import answer, respond
from entrypoints.http.booking_figure_shapes import Money, MoneyFigures
from entrypoints.http.call_figure_shapes import (
    LONGEST_AGAIN,
    Again,
    CallsQuery,
    IntervalBody,
    question_of,
)
from entrypoints.http.figure_shapes import (
    AskedBody,
    SpannedBody,
    Values,
    asked,
    spanned,
    valued,
)
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff

AnyRequest = Request[Any, Any, Any]
Views = NamedDependency[SkipValidation[CallFigureViews]]
Outcomes = NamedDependency[SkipValidation[CallOutcomeViews]]
Asked = NamedDependency[SkipValidation[Asking]]


class ResolutionQuery(CallsQuery, frozen=True, kw_only=True):
    again_within_days: Again = USUAL_DAYS


class ResolutionBody(AskedBody, frozen=True):
    """`before` is as much time before."""

    again_within_days: Annotated[int, Meta(ge=1, le=LONGEST_AGAIN)]
    figures: Values
    before: IntervalBody


class ConvertedInterval(SpannedBody, frozen=True):
    figures: Values
    money: Money


class ConversionBody(AskedBody, frozen=True):
    """`before` is as much time before."""

    figures: Values
    money: Money
    before: ConvertedInterval


RESOLUTION, CONVERSION = Query(ResolutionQuery), Query(CallsQuery)
BAD = (BadPeriod, FarOff, UnknownZone)


@get(
    "/v1/analytics/calls/resolution",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        query=RESOLUTION,
        shows=ResolutionBody,
        refuses=BAD,
    ).opt,
)
async def read_resolution_of_calls(
    request: AnyRequest, call_figure_views: Views, call_outcome_views: Outcomes, asking: Asked
) -> Response[bytes]:
    """After how many calls nobody had to call again: first-contact resolution."""
    actor, query = actor_of(request), RESOLUTION.of(request)
    question = await question_of(query, actor, asking)
    as_of = await call_figure_views.as_of(actor)
    totals = await call_outcome_views.resolution(actor, question)
    before = await call_outcome_views.resolution(actor, question.before)
    body = ResolutionBody(
        again_within_days=question.again_within_days,
        figures=valued(RESOLUTION_FIGURES, totals),
        before=IntervalBody(
            figures=valued(RESOLUTION_FIGURES, before),
            **spanned(question.span.zone, question.before.span.period),
        ),
        **asked(question.span, as_of, RESOLUTION_FIGURES),
    )
    return respond(answer(body))


@get(
    "/v1/analytics/calls/conversion",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        query=CONVERSION,
        shows=ConversionBody,
        refuses=BAD,
    ).opt,
)
async def read_conversion_of_calls(
    request: AnyRequest, call_figure_views: Views, call_outcome_views: Outcomes, asking: Asked
) -> Response[bytes]:
    """How many calls led to holds, to bookings, and to how much money.

    It takes the permission to read bookings as well.
    """
    actor, query = actor_of(request), CONVERSION.of(request)
    question = await question_of(query, actor, asking)
    as_of = await call_figure_views.as_of(actor)
    found = await call_outcome_views.conversion(actor, question)
    before = await call_outcome_views.conversion(actor, question.before)
    body = ConversionBody(
        before=ConvertedInterval(
            **_told_of(before), **spanned(question.span.zone, question.before.span.period)
        ),
        **_told_of(found),
        **asked(question.span, as_of, (*CONVERSION_FIGURES, *SOLD_FIGURES)),
    )
    return respond(answer(body))


def _told_of(found: Conversion) -> dict[str, Any]:
    return {
        "figures": valued(CONVERSION_FIGURES, found.totals),
        "money": [
            MoneyFigures(currency=currency, figures=valued(SOLD_FIGURES, sold))
            for currency, sold in found.sold.items()
        ],
    }


router = Router("/", route_handlers=[read_resolution_of_calls, read_conversion_of_calls])
