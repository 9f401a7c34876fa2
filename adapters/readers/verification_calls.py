"""How far a call is follows from what was heard of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, and_, case, exists, func, or_, select, true

from adapters.readers.verification_checks import Check
from adapters.schema.calls import call_facts, calls, quotations
from adapters.schema.dispositions import dispositions
from adapters.schema.documentation import passages, quoted_passages
from adapters.schema.events import event_log
from domain.calls.events import CallErased, CallEvent, PassageQuoted
from domain.calls.past import ELSEWHERE
from domain.calls.status import ENDS, RANKS, CallStatus

DOWN = max(RANKS.values())


def call_checks() -> Sequence[Check]:
    return (
        _calls_are_as_far_as_was_heard(),
        _calls_that_are_down_say_when(),
        _news_is_of_calls(),
        _what_is_done_in_calls_is_done_in_known_ones(),
        _dispositions_are_known(),
        _recordings_are_found_when_they_are_old(),
        _quotations_are_kept(),
        _quoted_passages_stand_or_have_left(),
    )


def _calls_are_as_far_as_was_heard() -> Check:
    """Whatever the order in which it came. To write a call up is heard of nowhere, and of calls
    of the past nothing was.
    """
    furthest = _furthest().scalar_subquery()
    return Check(
        name="calls_are_as_far_as_was_heard",
        question=select(
            calls.c.organization_id,
            calls.c.id.label("subject"),
            calls.c.status,
            furthest.label("rank"),
        ).where(
            calls.c.provider.is_distinct_from(ELSEWHERE),
            _rank(calls.c.status) != furthest,
        ),
        detail="is {status}, and what was heard of it is of rank {rank}",
    )


def _calls_that_are_down_say_when() -> Check:
    ended = calls.c.ended_at.is_not(None)
    down = calls.c.status.in_([CallStatus.WRAPPING.value, *(status.value for status in ENDS)])
    return Check(
        name="calls_that_are_down_say_when",
        question=select(
            calls.c.organization_id, calls.c.id.label("subject"), calls.c.status
        ).where(or_(and_(down, ~ended), and_(~down, ended))),
        detail="is {status}, and when its line went down does not fit that",
    )


def _recordings_are_found_when_they_are_old() -> Check:
    begun, deleted, basis = (
        calls.c.details["recording", name].as_string()
        for name in ("started_at", "deleted_at", "basis")
    )
    kept = and_(begun.is_not(None), deleted.is_(None))
    found = and_(calls.c.recorded_at.is_not(None), calls.c.recorded_on == basis)
    return Check(
        name="recordings_are_found_when_they_are_old",
        question=select(calls.c.organization_id, calls.c.id.label("subject")).where(
            or_(
                and_(kept, func.coalesce(~found, true())),
                and_(~kept, calls.c.recorded_at.is_not(None)),
            )
        ),
        detail="has a recording that is not found when it is old, or is found and has none",
    )


def _news_is_of_calls() -> Check:
    """Whatever SQLite was told to leave unchecked, or a restored copy has lost."""
    theirs = and_(
        calls.c.organization_id == call_facts.c.organization_id,
        calls.c.id == call_facts.c.call_id,
    )
    return Check(
        name="news_is_of_calls",
        question=select(
            call_facts.c.organization_id, call_facts.c.call_id.label("subject"), call_facts.c.event
        )
        .outerjoin_from(call_facts, calls, theirs)
        .where(calls.c.id.is_(None)),
        detail="there is no such call, and {event} was heard of it",
    )


def _what_is_done_in_calls_is_done_in_known_ones() -> Check:
    """The log has no foreign keys."""
    theirs = and_(
        calls.c.organization_id == event_log.c.organization_id,
        calls.c.id == event_log.c.call_id,
    )
    return Check(
        name="what_is_done_in_calls_is_done_in_known_ones",
        question=select(event_log.c.organization_id, event_log.c.subject, event_log.c.name)
        .outerjoin_from(event_log, calls, theirs)
        .where(event_log.c.call_id.is_not(None), calls.c.id.is_(None)),
        detail="{name} is said to be done in a call that nobody knows",
    )


def _dispositions_are_known() -> Check:
    """Those that are retired are still read by calls that have them."""
    theirs = and_(
        dispositions.c.organization_id == calls.c.organization_id,
        dispositions.c.id == calls.c.disposition_id,
    )
    return Check(
        name="dispositions_are_known",
        question=select(
            calls.c.organization_id, calls.c.id.label("subject"), calls.c.disposition_id
        )
        .outerjoin_from(calls, dispositions, theirs)
        .where(calls.c.disposition_id.is_not(None), dispositions.c.id.is_(None)),
        detail="disposition {disposition_id} came of it, and there is none",
    )


def _quotations_are_kept() -> Check:
    """As many as were told of, unless the customer was forgotten."""
    told = _events_of(PassageQuoted)
    kept = select(func.count()).where(
        quotations.c.organization_id == calls.c.organization_id, quotations.c.call_id == calls.c.id
    )
    counts = told.scalar_subquery(), kept.scalar_subquery()
    return Check(
        name="quotations_are_kept",
        question=select(
            calls.c.organization_id,
            calls.c.id.label("subject"),
            counts[0].label("told"),
            counts[1].label("kept"),
        ).where(counts[0] != counts[1], _events_of(CallErased).scalar_subquery() == 0),
        detail="{told} passages were quoted in it, and {kept} are kept",
    )


def _quoted_passages_stand_or_have_left() -> Check:
    """A passage that is found under its own name says what was quoted of it."""
    stands = exists().where(
        passages.c.organization_id == quoted_passages.c.organization_id,
        passages.c.id == quoted_passages.c.id,
        passages.c.digest == quoted_passages.c.digest,
    )
    left = quoted_passages.c.left_at.is_not(None)
    return Check(
        name="quoted_passages_stand_or_have_left",
        question=select(
            quoted_passages.c.organization_id,
            quoted_passages.c.id.label("subject"),
            quoted_passages.c.left_at,
        ).where(or_(and_(stands, left), and_(~stands, ~left))),
        detail="was quoted, has left at {left_at}, and whether it is found does not fit that",
    )


def _events_of(event: type[CallEvent]) -> Select[Any]:
    return select(func.count()).where(
        event_log.c.organization_id == calls.c.organization_id,
        event_log.c.subject == calls.c.id,
        event_log.c.name == event.name,
    )


def _furthest() -> Select[Any]:
    return select(func.coalesce(func.max(_rank(call_facts.c.status)), 0)).where(
        call_facts.c.organization_id == calls.c.organization_id,
        call_facts.c.call_id == calls.c.id,
        call_facts.c.leg.is_(None),
    )


def _rank(status: Column[Any]) -> ColumnElement[int]:
    """Whoever writes a call up does so once the line is down."""
    ranks = {one.value: DOWN if one.line_is_down else rank for one, rank in RANKS.items()}
    return case(ranks, value=status, else_=0)
