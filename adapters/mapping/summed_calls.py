"""Sums of what is counted of calls: of quarters of an hour, of hours, and of days by group."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Table

from adapters.mapping.call_measures import measures
from adapters.mapping.counted_calls import AXES
from adapters.mapping.grouped_calls import groups_summed_anew
from adapters.mapping.sums import Summed, total_of
from adapters.schema.call_figures import (
    call_figures,
    call_hours,
    call_inbound_hours,
    call_quarters,
)
from adapters.schema.times_of_moments import QUARTERS_OF_AN_HOUR, time_of
from domain.analytics.call_totals import COUNTED

OF, QUARTERS = call_figures.c, call_quarters.c


def calls_summed_anew() -> Sequence[Summed]:
    """All there are. Hours are sums of quarters, which come before."""
    return [
        *_of_calls(call_quarters, 1),
        _hours(),
        *_of_calls(call_inbound_hours, QUARTERS_OF_AN_HOUR, OF.inbound),
        *groups_summed_anew(),
    ]


def _of_calls(table: Table, quarters: int, *only: ColumnElement[bool]) -> Iterator[Summed]:
    """By each axis; in times of so many quarters of an hour."""
    for axis in AXES:
        quarter = OF[f"{axis}_quarter"]
        yield Summed(
            table=table,
            over=call_figures,
            axis=axis,
            key=[OF.organization_id, time_of(quarter, quarters)],
            sums=list(measures().values()),
            only=[quarter.is_not(None), *only],
        )


def _hours() -> Summed:
    hour = time_of(QUARTERS.quarter, QUARTERS_OF_AN_HOUR)
    return Summed(
        table=call_hours,
        over=call_quarters,
        key=[QUARTERS.organization_id, QUARTERS.axis, hour],
        sums=[total_of(QUARTERS[name]) for name in COUNTED],
    )
