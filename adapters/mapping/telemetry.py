"""What programs measured, logged and traced, as rows."""

from typing import Any

import attrs
from sqlalchemy import Row

from adapters.schema.times_of_moments import quarter_of
from adapters.sql import bulk
from domain.pipelines.telemetry import LogLevel, LogLine, Measurement, PostedSpan

LEVELS = {level.severity: level for level in LogLevel}


def row_of_measurement(measurement: Measurement) -> bulk.Row:
    quarter = quarter_of(measurement.at)
    return {**attrs.asdict(measurement, recurse=False), "quarter": quarter}


def row_of_line(line: LogLine) -> bulk.Row:
    row = attrs.asdict(line, recurse=False)
    return {**row, "severity": row.pop("level").severity}


def line_of(row: Row[Any]) -> LogLine:
    return LogLine(
        id=row.id,
        at=row.at,
        level=LEVELS[row.severity],
        source=row.source,
        message=row.message,
        trace_id=row.trace_id,
        labels=row.labels,
    )


def row_of_span(span: PostedSpan) -> bulk.Row:
    return attrs.asdict(span, recurse=False)


def span_of(row: Row[Any]) -> PostedSpan:
    return PostedSpan(
        trace_id=row.trace_id,
        span_id=row.span_id,
        parent_id=row.parent_id,
        name=row.name,
        source=row.source,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        failed=row.failed,
        labels=row.labels,
    )
