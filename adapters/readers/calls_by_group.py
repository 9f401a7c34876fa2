"""Where figures about groups of calls are read from: sums of whole days, and calls around them.

Both give the same numbers. Sums are of all calls by when they started, and of the usual
thresholds.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, Select, select

from adapters.mapping.call_measures import measures
from adapters.mapping.grouped_calls import group_of, kept_as
from adapters.mapping.sums import total_of
from adapters.readers.pieces import Asked, together
from adapters.readers.sources_of_call_figures import of_calls
from adapters.readers.whole_days import is_within, left_of, whole_days
from adapters.schema.call_figures import call_group_days
from application.analytics.call_views import Axis, CallQuestion, CallsMeeting, Grouping
from domain.analytics.call_totals import COUNTED
from domain.analytics.counted_calls import USUAL
from domain.kernel.actors import Actor
from domain.kernel.periods import Period

SUMS = call_group_days.c


def by_group(actor: Actor, question: CallQuestion, by: Grouping) -> Asked:
    """All that is counted, after the group it is of: rows of one group add up."""
    period, of_all = question.span.period, question.meeting == CallsMeeting()
    whole = whole_days([period]) if of_all and _are_summed(question) else ()
    return together(
        [
            *(_of_days(actor, by, days) for days in whole),
            *(_of_calls(actor, question, by, part) for part in left_of(period, whole)),
        ]
    )


def of_one_group(actor: Actor, question: CallQuestion) -> Asked | None:
    """All that is counted of the only group that the question is about, in rows that add up.

    None where it is about none, or where there are no sums for it.
    """
    group, period = _only_group(question.meeting), question.span.period
    whole = whole_days([period]) if _are_summed(question) else ()
    if group is None or not whole:
        return None
    by, key = group
    counted = measures().values()
    return together(
        [
            *(_sums(actor, by, days).where(SUMS.key == kept_as(key)) for days in whole),
            *(of_calls(actor, question, *counted, period=part) for part in left_of(period, whole)),
        ]
    )


def _are_summed(question: CallQuestion) -> bool:
    return (question.axis, question.thresholds) == (Axis.START, USUAL)


def _only_group(meeting: CallsMeeting) -> tuple[Grouping, UUID | str] | None:
    asked = attrs.asdict(meeting)
    given = [name for name, value in asked.items() if value is not None]
    groups = [by for by in Grouping if [by.value] == given]
    return (groups[0], asked[groups[0].value]) if groups else None


def _of_days(actor: Actor, by: Grouping, days: Period) -> Select[Any]:
    """Sums stay, at nought, of a group whose calls are all of another now."""
    asked = _sums(actor, by, days)
    groups = asked.with_only_columns(SUMS.key, *asked.selected_columns).group_by(SUMS.key)
    return groups.having(total_of(SUMS.calls) > 0)


def _sums(actor: Actor, by: Grouping, days: Period) -> Select[Any]:
    sums: Sequence[ColumnElement[Any]] = [total_of(SUMS[name]) for name in COUNTED]
    return select(*sums).where(
        SUMS.organization_id == actor.organization_id,
        SUMS.grouped_by == by.value,
        is_within(SUMS.day, [days]),
    )


def _of_calls(actor: Actor, question: CallQuestion, by: Grouping, part: Period) -> Select[Any]:
    group = group_of(by)
    counted = measures(question.thresholds).values()
    return of_calls(actor, question, group, *counted, period=part).group_by(group)
