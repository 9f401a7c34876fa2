"""Calls as they are counted, from what is stored of them, and as rows to count."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Row, Select, select

from adapters.mapping.call_quality import Findings
from adapters.mapping.calls import NOT_KNOWN
from adapters.schema.call_quality import call_quality
from adapters.schema.calls import calls
from adapters.schema.times_of_moments import quarter_of
from adapters.sql.documents import new_converter
from domain.analytics.counted_calls import MILLISECOND, CountedCall
from domain.analytics.waiting import Waiting
from domain.calls.call import Direction
from domain.calls.durations import Durations
from domain.calls.legs import Interval
from domain.calls.thousandths import in_thousandths
from domain.kernel.identifiers import QueueId

converter = new_converter()

AXES = ("started", "asked", "answered", "ended")


@attrs.frozen(kw_only=True)
class Timed:
    """What is counted of the details of a call."""

    queue_id: QueueId | None = None
    queued_at: datetime | None = None
    ringing_at: datetime | None = None
    wrapped_at: datetime | None = None
    holds: tuple[Interval, ...] = ()


@lru_cache(maxsize=1)
def calls_to_count() -> Select[Any]:
    """Deleted ones are not among them."""
    theirs = (call_quality.c.organization_id == calls.c.organization_id) & (
        call_quality.c.id == calls.c.id
    )
    return (
        select(
            calls.c.organization_id,
            calls.c.id,
            calls.c.direction,
            calls.c.status,
            calls.c.escalated,
            calls.c.handler_id,
            calls.c.agent_id,
            calls.c.bot,
            calls.c.template,
            calls.c.disposition_id,
            calls.c.started_at,
            calls.c.answered_at,
            calls.c.ended_at,
            calls.c.qa_milli,
            calls.c.sentiment_milli,
            calls.c.details,
            call_quality.c.findings,
        )
        .outerjoin_from(calls, call_quality, theirs)
        .where(calls.c.deleted_at.is_(None))
    )


def counted_call(row: Row[Any]) -> CountedCall:
    timed = converter.structure(row.details, Timed)
    inbound = row.direction == Direction.INBOUND.value
    moments = {
        "queued_at": timed.queued_at,
        "ringing_at": timed.ringing_at,
        "answered_at": row.answered_at,
        "ended_at": row.ended_at,
    }
    lasted = Durations.of(wrapped_at=timed.wrapped_at, holds=timed.holds, **moments)
    waiting = Waiting.of(**moments) if inbound else Waiting()
    return CountedCall(
        id=row.id,
        started_at=row.started_at,
        asked_at=waiting.asked_at,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        inbound=inbound,
        status=row.status,
        escalated=row.escalated,
        handler_id=row.handler_id,
        agent_id=row.agent_id,
        bot=row.bot,
        template=row.template,
        queue_id=timed.queue_id,
        disposition_id=row.disposition_id,
        waited_ms=waiting.waited_ms,
        stayed_ms=waiting.stayed_ms,
        talked_ms=_milliseconds(lasted.talk),
        held_ms=_milliseconds(lasted.hold),
        wrapped_ms=_milliseconds(lasted.wrap),
        score=None if row.qa_milli == NOT_KNOWN else row.qa_milli,
        sentiment=row.sentiment_milli,
        **_found(row.findings),
    )


def columns_of_counted(call: CountedCall) -> Mapping[str, Any]:
    return {
        **attrs.asdict(call),
        "issues": ",".join(call.issues),
        **{f"{axis}_quarter": quarter_at(call, axis) for axis in AXES},
    }


def quarter_at(call: CountedCall, axis: str) -> int | None:
    moment: datetime | None = getattr(call, f"{axis}_at")
    return None if moment is None else quarter_of(moment)


def _milliseconds(lasted: timedelta | None) -> int | None:
    return None if lasted is None else lasted // MILLISECOND


def _thousandths(part: Fraction | None) -> int | None:
    return None if part is None else in_thousandths(part)


def _found(findings: Any) -> dict[str, Any]:
    if findings is None:
        return {}
    assessment = converter.structure(findings, Findings).assessment
    if not assessment.heard:
        return {}
    found = assessment.components
    return {
        "compliance": in_thousandths(found.compliance),
        "accuracy": _thousandths(found.accuracy),
        "professionalism": _thousandths(found.professionalism),
        "issues": tuple(issue.kind.value for issue in assessment.issues),
    }
