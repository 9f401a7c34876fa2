"""Calls of each day by whose and of what kind they were, as sums.

What calls add to them, and the same as sums over their rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, func, literal_column

from adapters.mapping.call_measures import measures
from adapters.mapping.sums import Counted, Key, Summed, differences
from adapters.schema.call_figures import call_figures, call_group_days
from adapters.schema.times_of_moments import QUARTERS_OF_A_DAY, day_of, time_of
from application.analytics.call_views import Grouping
from domain.analytics.call_totals import COUNTED
from domain.analytics.counted_calls import CountedCall

KEY = ("grouped_by", "day", "key")
NONE = ""
OF = call_figures.c


def group_of(by: Grouping) -> ColumnElement[str]:
    """As it is kept in sums. Constants are written out: PostgreSQL takes a grouping by a parameter
    for another one than the column's."""
    key = OF[by.value]
    text = key if isinstance(key.type, String) else func.replace(cast(key, String), _dash, _none)
    return func.coalesce(text, _none)


def kept_as(group: UUID | str | None) -> str:
    return group.hex if isinstance(group, UUID) else group or NONE


def key_of(by: Grouping, group: str) -> str | None:
    """What a group is called outside."""
    if group == NONE:
        return None
    return group if by is Grouping.TEMPLATE else str(UUID(group))


def groups_summed_anew() -> Sequence[Summed]:
    day = time_of(OF.started_quarter, QUARTERS_OF_A_DAY)
    return [
        Summed(
            table=call_group_days,
            over=call_figures,
            axis=by.value,
            key=[OF.organization_id, day, group_of(by)],
            sums=list(measures().values()),
        )
        for by in Grouping
    ]


def grouped_differences(
    before: Iterable[CountedCall], after: Iterable[CountedCall]
) -> Iterator[Counted]:
    signed = ((sign, call) for sign, some in ((-1, before), (1, after)) for call in some)
    changes = (
        (key, sign, counts)
        for sign, call in signed
        for counts in (call.counted(),)
        for key in _keys(call)
    )
    return differences(changes, KEY, COUNTED)


def _keys(call: CountedCall) -> Iterator[Key]:
    day = day_of(call.started_at)
    for by in Grouping:
        yield by.value, day, kept_as(getattr(call, by.value))


_dash, _none = literal_column("'-'", String), literal_column("''", String)
