"""Routes of what programs measure."""

import re
from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.analytics.asking import Asking
from application.kernel.pages import BadCursor
from application.pipelines.telemetry_views import MeasurementsMeeting, MeasurementViews
from domain.analytics.intervals import MOST_INTERVALS, Granularity, TooManyIntervals
from domain.kernel.actors import Permission
from domain.kernel.periods import BadPeriod, Period, UnknownZone, Zone
from domain.pipelines.measured import LastMeasured, Measured, NothingMeasured
from entrypoints.http.answers import answer, respond
from entrypoints.http.figure_shapes import SpannedBody, SpanQuery, span_of, spanned
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.posting_telemetry import Counting, Now, Post, Taking, posting
from entrypoints.http.reading import Query
from entrypoints.http.run_shapes import Rows
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff, Moment, Output, ZoneName
from entrypoints.http.telemetry_shapes import (
    MEASUREMENT_NAME,
    MEASUREMENTS,
    MeasuredUnit,
    MeasuredValue,
    MeasurementName,
)

AnyRequest = Request[Any, Any, Any]
Views = NamedDependency[SkipValidation[MeasurementViews]]

LARGEST_SUM = 1e30

Sum = Annotated[float, Meta(ge=-LARGEST_SUM, le=LARGEST_SUM, examples=[1200.5])]
Label = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_.]*=[^\x00-\x1f\x7f]+$(?!\n)",
        max_length=141,
        description="Only what has it with this value.",
        examples=["site=lisbon"],
    ),
]


class LastMeasuredBody(Output, frozen=True):
    """The last that is kept, by when it was measured."""

    name: MeasurementName
    at: Moment
    value: MeasuredValue
    unit: MeasuredUnit

    @classmethod
    def of(cls, last: LastMeasured) -> "LastMeasuredBody":
        return cls(name=last.name, at=last.at, value=last.value, unit=last.unit)


class MeasurementPage(Output, frozen=True):
    items: Annotated[Sequence[LastMeasuredBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class MeasuredQuery(SpanQuery, frozen=True, kw_only=True):
    """In the unit of the last one, unless another is asked for."""

    interval: Granularity = Granularity.DAY
    label: Label | None = None
    unit: MeasuredUnit | None = None

    def meeting(self, last: LastMeasured) -> MeasurementsMeeting:
        label = None
        if self.label is not None:
            name, _, value = self.label.partition("=")
            label = (name, value)
        return MeasurementsMeeting(name=last.name, unit=self.unit or last.unit, label=label)


class MeasuredThen(SpannedBody, frozen=True):
    """Where nothing was measured, only count and sum are not null."""

    count: Rows
    sum: Sum
    mean: Sum | None
    least: MeasuredValue | None
    greatest: MeasuredValue | None
    last: MeasuredValue | None

    @classmethod
    def of(cls, zone: Zone, period: Period, measured: Measured) -> "MeasuredThen":
        return cls(
            **spanned(zone, period),
            count=measured.count,
            sum=measured.total,
            mean=measured.mean,
            least=measured.least,
            greatest=measured.greatest,
            last=measured.last,
        )


class MeasuredBody(SpannedBody, frozen=True):
    """Without gaps."""

    zone: ZoneName
    name: MeasurementName
    unit: MeasuredUnit
    interval: Granularity
    intervals: Annotated[Sequence[MeasuredThen], Meta(max_length=MOST_INTERVALS)]


LIST = Query(PageQuery)
SERIES = Query(MeasuredQuery)


@get(
    "/v1/ingestion/measurements",
    opt=Operation(
        tag="pipelines",
        needs=Permission.READ_PIPELINES,
        query=LIST,
        shows=MeasurementPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_measurements(request: AnyRequest, measurement_views: Views) -> Response[bytes]:
    """What is measured, by name, with the last value of each."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await measurement_views.names(actor_of(request), slice=cursors.slice(query))
    items = [LastMeasuredBody.of(last) for last in page.items]
    return cursors.respond(MeasurementPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/ingestion/measurements/{measurement:str}",
    opt=Operation(
        tag="pipelines",
        needs=Permission.READ_PIPELINES,
        query=SERIES,
        shows=MeasuredBody,
        refuses=(NothingMeasured, UnknownZone, BadPeriod, FarOff, TooManyIntervals),
    ).opt,
)
async def read_measurement(
    request: AnyRequest,
    measurement: FromPath[str],
    measurement_views: Views,
    asking: NamedDependency[SkipValidation[Asking]],
) -> Response[bytes]:
    """What was measured by one name, interval by interval."""
    query, actor = SERIES.of(request), actor_of(request)
    span = await span_of(query, actor, asking)
    cut = span.cut(query.interval)
    if not re.search(MEASUREMENT_NAME, measurement):
        raise NothingMeasured
    meeting = query.meeting(await measurement_views.last(actor, measurement))
    found = await measurement_views.measured(actor, meeting, cut=cut)
    body = MeasuredBody(
        **spanned(span.zone, span.period),
        zone=span.zone.name,
        name=meeting.name,
        unit=meeting.unit,
        interval=query.interval,
        intervals=[
            MeasuredThen.of(span.zone, period, measured)
            for period, measured in zip(cut, found, strict=True)
        ],
    )
    return respond(answer(body))


@post("/v1/ingestion/measurements", status_code=202, opt=posting(MEASUREMENTS))
async def post_measurements(
    request: AnyRequest, post_telemetry: Post, count_requests: Counting, clock: Now
) -> Response[bytes]:
    """Tell what was measured elsewhere, up to 100 values at once; after any doubt, again.

    All are stored when this is answered, and none if one of them is refused. Each counts towards
    the limit of the organization like an event.
    """
    data = await MEASUREMENTS.of(request)
    taking = Taking(request, post_telemetry, count_requests, clock)
    return await taking("measurements", data.measurements)


router = Router("/", route_handlers=[post_measurements, list_measurements, read_measurement])
