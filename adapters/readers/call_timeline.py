"""The timeline of a call in SQL: what its line told, the events about it, and what was done."""

from typing import Any

import attrs
from sqlalchemy import (
    Connection,
    Row,
    Select,
    String,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from adapters.readers.calls import shown
from adapters.readers.done_in_calls import booked, paid
from adapters.schema.call_quality import evaluations
from adapters.schema.calls import call_facts
from adapters.schema.escalations import escalations
from adapters.schema.events import event_log
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.calls.timeline import Source, TimelineEntry, TimelineViews
from application.kernel.pages import Page, Slice
from domain.calls.events import PassageQuoted
from domain.calls.quality_events import (
    CallLinesAdded,
    QaScoreUpdated,
    SentimentChanged,
    sentiment_of,
    transcript_of,
)
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import CallId

NOTE = "call_note_"
BESIDE = {QaScoreUpdated.name, SentimentChanged.name, CallLinesAdded.name}


@attrs.frozen
class SqlTimelineViews(TimelineViews):
    database: Database

    async def timeline(
        self, actor: Actor, call_id: CallId, *, slice: Slice
    ) -> Page[TimelineEntry]:
        happened = union_all(*_arms(actor, call_id)).subquery("happened")
        c = happened.c
        keys = (c.at, c.place_of_source, c.place, c.ref)

        def ask(connection: Connection) -> Page[TimelineEntry]:
            shown(connection, actor, call_id)
            return page_of(connection, select(happened), keys, slice, _entry)

        return await self.database.read(ask, of=actor.organization_id)


def _arms(actor: Actor, call_id: CallId) -> list[Select[Any]]:
    """One for each way to find an event by an index."""
    subjects = (call_id, sentiment_of(call_id), transcript_of(call_id))
    arms = [
        _events(actor, Source.CALL).where(event_log.c.subject.in_(subjects)),
        _events(actor, Source.ESCALATION).join(
            escalations,
            (escalations.c.organization_id == event_log.c.organization_id)
            & (escalations.c.id == event_log.c.subject)
            & (escalations.c.call_id == call_id),
        ),
        _told_by_line(actor, call_id),
    ]
    if Permission.READ_CALLS in actor.permissions:
        judged = _events(actor, Source.QUALITY).join(
            evaluations,
            (evaluations.c.organization_id == event_log.c.organization_id)
            & (evaluations.c.id == event_log.c.subject)
            & (evaluations.c.call_id == call_id),
        )
        arms.append(judged)
    if Permission.READ_BOOKINGS in actor.permissions:
        arms += booked(_events(actor, Source.BOOKING), actor, call_id)
    if Permission.READ_PAYMENTS in actor.permissions:
        arms += paid(_events(actor, Source.PAYMENT), actor, call_id)
    return arms


def _events(actor: Actor, source: Source) -> Select[Any]:
    nothing = cast(null(), String)
    return select(
        event_log.c.occurred_at.label("at"),
        literal(1).label("place_of_source"),
        event_log.c.arrival.label("place"),
        literal("").label("ref"),
        literal(source.value).label("source"),
        event_log.c.name,
        event_log.c.actor_id,
        event_log.c.payload,
        nothing.label("status"),
        nothing.label("leg"),
    ).where(event_log.c.organization_id == actor.organization_id)


def _told_by_line(actor: Actor, call_id: CallId) -> Select[Any]:
    """In the order of the provider's numbers, where it has any."""
    return select(
        call_facts.c.at,
        literal(0).label("place_of_source"),
        func.coalesce(call_facts.c.sequence, 0).label("place"),
        (call_facts.c.provider + "/" + call_facts.c.key).label("ref"),
        literal(Source.LINE.value).label("source"),
        call_facts.c.event.label("name"),
        cast(null(), event_log.c.actor_id.type).label("actor_id"),
        cast(null(), event_log.c.payload.type).label("payload"),
        call_facts.c.status,
        call_facts.c.leg,
    ).where(call_facts.c.organization_id == actor.organization_id, call_facts.c.call_id == call_id)


def _entry(row: Row[Any]) -> TimelineEntry:
    source = Source(row.source)
    said = {"status": row.status, "leg": row.leg}
    return TimelineEntry(
        at=row.at,
        source=_source(source, row.name),
        name=row.name,
        by=row.actor_id,
        data=said if source is Source.LINE else row.payload,
    )


def _source(found_as: Source, name: str) -> Source:
    if found_as is not Source.CALL:
        return found_as
    if name.startswith(NOTE):
        return Source.NOTE
    if name == PassageQuoted.name:
        return Source.QUOTATION
    return Source.QUALITY if name in BESIDE else Source.CALL
