"""What programs measure, log and trace, in JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Protocol

from msgspec import Meta, field

from domain.pipelines.telemetry import LogLevel, LogLine, Measurement, PostedSpan, Telemetry
from entrypoints.http.ingestion_shapes import MOST_AT_ONCE, SenderId
from entrypoints.http.malformed import Found
from entrypoints.http.reading import Body, pointer
from entrypoints.http.refusals import Fault, ImpossibleTimes
from entrypoints.http.shapes import LARGEST_TOTAL, ONE_LINE, Input, Moment

MOST_LABELS = 10
MEASUREMENT_NAME = r"^[a-z][a-z0-9_.]*$(?!\n)"
TRACE_ID = r"^(?!0{32})[0-9a-f]{32}$(?!\n)"

MeasurementName = Annotated[
    str, Meta(pattern=MEASUREMENT_NAME, min_length=1, max_length=64, examples=["queue.waiting"])
]
MeasuredValue = Annotated[
    float,
    Meta(
        ge=-LARGEST_TOTAL,
        le=LARGEST_TOTAL,
        description="Kept as the nearest double (IEEE 754).",
        examples=[12.5],
    ),
]
MeasuredUnit = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        min_length=1,
        max_length=20,
        description="What is measured in two units is two series.",
        examples=["ms"],
    ),
]
Labels = Annotated[
    Mapping[
        Annotated[str, Meta(pattern=MEASUREMENT_NAME, max_length=40)],
        Annotated[str, Meta(pattern=ONE_LINE, min_length=1, max_length=100)],
    ],
    Meta(max_length=MOST_LABELS, examples=[{"site": "lisbon"}]),
]
LogSource = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        min_length=1,
        max_length=64,
        description="Which program.",
        examples=["bot"],
    ),
]
LogMessage = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00]+$",
        min_length=1,
        max_length=4000,
        examples=["gave up after 3 attempts"],
    ),
]
TraceId = Annotated[
    str,
    Meta(
        pattern=TRACE_ID,
        min_length=32,
        max_length=32,
        description="Of W3C's trace context.",
        examples=["4bf92f3577b34da6a3ce929d0e0e4736"],
    ),
]
SpanId = Annotated[
    str,
    Meta(
        pattern=r"^(?!0{16})[0-9a-f]{16}$(?!\n)",
        min_length=16,
        max_length=16,
        examples=["00f067aa0ba902b7"],
    ),
]
SpanName = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=100, examples=["look up a room"])
]


class Posting(Protocol):
    def said(self) -> Telemetry: ...


class MeasurementInput(Input, frozen=True):
    id: SenderId
    name: MeasurementName
    at: Moment
    value: MeasuredValue
    unit: MeasuredUnit
    labels: Labels = field(default_factory=dict)

    def said(self) -> Measurement:
        return Measurement(
            id=self.id,
            name=self.name,
            at=self.at,
            value=self.value,
            unit=self.unit,
            labels=self.labels,
        )


class LogLineInput(Input, frozen=True):
    id: SenderId
    at: Moment
    level: LogLevel
    source: LogSource
    message: LogMessage
    trace_id: TraceId | None = None
    labels: Labels = field(default_factory=dict)

    def said(self) -> LogLine:
        return LogLine(
            id=self.id,
            at=self.at,
            level=self.level,
            source=self.source,
            message=self.message,
            trace_id=self.trace_id,
            labels=self.labels,
        )


class PostedSpanInput(Input, frozen=True):
    """Known again by `trace_id` and `span_id`."""

    trace_id: TraceId
    span_id: SpanId
    name: SpanName
    source: LogSource
    begins_at: Moment
    ends_at: Moment
    parent_id: SpanId | None = None
    failed: bool = False
    labels: Labels = field(default_factory=dict)

    def said(self) -> PostedSpan:
        return PostedSpan(
            trace_id=self.trace_id,
            span_id=self.span_id,
            parent_id=self.parent_id,
            name=self.name,
            source=self.source,
            begins_at=self.begins_at,
            ends_at=self.ends_at,
            failed=self.failed,
            labels=self.labels,
        )


class MeasurementsInput(Input, frozen=True):
    measurements: Annotated[
        tuple[MeasurementInput, ...], Meta(min_length=1, max_length=MOST_AT_ONCE)
    ]


class LogsInput(Input, frozen=True):
    logs: Annotated[tuple[LogLineInput, ...], Meta(min_length=1, max_length=MOST_AT_ONCE)]


class SpansInput(Input, frozen=True):
    spans: Annotated[tuple[PostedSpanInput, ...], Meta(min_length=1, max_length=MOST_AT_ONCE)]


def all_said(member: str, posted: Sequence[Posting], *, now: datetime) -> Sequence[Telemetry]:
    """All or none: raises ImpossibleTimes, which names each member that cannot be."""
    said = [one.said() for one in posted]
    found: list[Found] = [
        ((member, str(place), its), words)
        for place, one in enumerate(said)
        for its, words in one.faults(now=now)
    ]
    if found:
        raise ImpossibleTimes(
            tuple(Fault(pointer=pointer(at), detail=words) for at, words in found)
        )
    return said


MEASURED: dict[str, Any] = {
    "id": "bot-1-4711",
    "name": "queue.waiting",
    "at": "2026-03-01T12:00:00Z",
    "value": 12.5,
    "unit": "ms",
    "labels": {"site": "lisbon"},
}
LOGGED: dict[str, Any] = {
    "id": "bot-1-4712",
    "at": "2026-03-01T12:00:00Z",
    "level": "warning",
    "source": "bot",
    "message": "gave up after 3 attempts",
    "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
    "labels": {"site": "lisbon"},
}
TRACED: dict[str, Any] = {
    "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
    "span_id": "00f067aa0ba902b7",
    "parent_id": None,
    "name": "look up a room",
    "source": "bot",
    "begins_at": "2026-03-01T12:00:00Z",
    "ends_at": "2026-03-01T12:00:00.250Z",
    "failed": False,
    "labels": {},
}

MEASUREMENTS: Body[MeasurementsInput] = Body(
    MeasurementsInput, examples={"one": {"measurements": [MEASURED]}}
)
LOGS: Body[LogsInput] = Body(LogsInput, examples={"one": {"logs": [LOGGED]}})
SPANS: Body[SpansInput] = Body(SpansInput, examples={"a root": {"spans": [TRACED]}})
