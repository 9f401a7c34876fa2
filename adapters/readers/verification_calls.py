"""How far a call is follows from what was heard of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, and_, case, func, or_, select

from adapters.readers.verification_checks import Check
from adapters.schema.calls import call_facts, calls
from domain.calls.status import ENDS, RANKS, CallStatus

DOWN = max(RANKS.values())


def call_checks() -> Sequence[Check]:
    return (_calls_are_as_far_as_was_heard(), _calls_that_are_down_say_when())


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
