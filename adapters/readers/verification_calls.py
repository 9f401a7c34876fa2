"""How far a call is follows from what was heard of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, and_, case, func, or_, select

from adapters.readers.verification_checks import Check
from adapters.schema.calls import call_facts, calls
from adapters.schema.dispositions import dispositions
from domain.calls.status import ENDS, RANKS, CallStatus

DOWN = max(RANKS.values())


def call_checks() -> Sequence[Check]:
    return (
        _calls_are_as_far_as_was_heard(),
        _calls_that_are_down_say_when(),
        _news_is_of_calls(),
        _dispositions_are_known(),
    )


def _calls_are_as_far_as_was_heard() -> Check:
    """Whatever the order in which it came. To write a call up is heard of nowhere."""
    furthest = _furthest().scalar_subquery()
    return Check(
        name="calls_are_as_far_as_was_heard",
        question=select(
            calls.c.organization_id,
            calls.c.id.label("subject"),
            calls.c.status,
            furthest.label("rank"),
        ).where(_rank(calls.c.status) != furthest),
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
