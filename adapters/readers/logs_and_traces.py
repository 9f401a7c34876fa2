"""What programs logged and traced, in SQL."""

from collections.abc import Iterator, Sequence

import attrs
from sqlalchemy import ColumnElement, select

from adapters.mapping.telemetry import line_of, span_of
from adapters.schema.telemetry import log_lines, spans
from adapters.sql.database import Database
from adapters.sql.keysets import page_backwards
from application.kernel.pages import Page, Slice
from application.pipelines.telemetry_views import LinesMeeting, LogViews, TraceViews
from domain.kernel.actors import Actor
from domain.pipelines.telemetry import LogLine, PostedSpan


@attrs.frozen
class SqlLogViews(LogViews):
    database: Database

    async def lines(self, actor: Actor, meeting: LinesMeeting, *, slice: Slice) -> Page[LogLine]:
        question = select(log_lines).where(
            log_lines.c.organization_id == actor.organization_id, *_met(meeting)
        )
        keys = (log_lines.c.at, log_lines.c.id)
        return await self.database.read(
            lambda it: page_backwards(it, question, keys, slice, line_of),
            of=actor.organization_id,
        )


@attrs.frozen
class SqlTraceViews(TraceViews):
    database: Database

    async def spans(self, actor: Actor, trace_id: str, *, limit: int) -> Sequence[PostedSpan]:
        question = (
            select(spans)
            .where(spans.c.organization_id == actor.organization_id, spans.c.trace_id == trace_id)
            .order_by(spans.c.begins_at, spans.c.span_id)
            .limit(limit)
        )
        return await self.database.read(
            lambda it: [span_of(row) for row in it.execute(question)],
            of=actor.organization_id,
        )


def _met(meeting: LinesMeeting) -> Iterator[ColumnElement[bool]]:
    if meeting.level is not None:
        yield log_lines.c.severity >= meeting.level.severity
    if meeting.source is not None:
        yield log_lines.c.source == meeting.source
    if meeting.trace_id is not None:
        yield log_lines.c.trace_id == meeting.trace_id
    if meeting.since is not None:
        yield log_lines.c.at >= meeting.since
    if meeting.until is not None:
        yield log_lines.c.at < meeting.until
    if meeting.text is not None:
        yield log_lines.c.message.icontains(meeting.text, autoescape=True)
