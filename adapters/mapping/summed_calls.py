"""Sums of what is counted of calls: of quarters of an hour, of hours, and of days by group."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Integer, literal_column

from adapters.mapping.call_measures import measures
from adapters.mapping.counted_calls import AXES, HOUR
from adapters.mapping.grouped_calls import groups_summed_anew
from adapters.mapping.sums import Summed, total_of
from adapters.schema.call_figures import (
    call_figures,
    call_hours,
    call_inbound_hours,
    call_quarters,
)
from domain.analytics.call_totals import COUNTED

OF, QUARTERS = call_figures.c, call_quarters.c


def calls_summed_anew() -> Sequence[Summed]:
    """All there are. Hours are sums of quarters, which come before."""
    return [*_quarters(), _hours(), *_inbound_hours(), *groups_summed_anew()]


def _quarters() -> Iterator[Summed]:
    for axis in AXES:
        quarter = OF[f"{axis}_quarter"]
        yield Summed(
            table=call_quarters,
            over=call_figures,
            axis=axis,
            key=[OF.organization_id, quarter],
            sums=list(measures().values()),
            only=[quarter.is_not(None)],
        )


def _hours() -> Summed:
    return Summed(
        table=call_hours,
        over=call_quarters,
        key=[QUARTERS.organization_id, QUARTERS.axis, _hour(QUARTERS.quarter)],
        sums=[total_of(QUARTERS[name]) for name in COUNTED],
    )


def _inbound_hours() -> Iterator[Summed]:
    for axis in AXES:
        quarter = OF[f"{axis}_quarter"]
        yield Summed(
            table=call_inbound_hours,
            over=call_figures,
            axis=axis,
            key=[OF.organization_id, _hour(quarter)],
            sums=list(measures().values()),
            only=[quarter.is_not(None), OF.inbound],
        )


def _hour(quarter: ColumnElement[int]) -> ColumnElement[int]:
    return quarter // literal_column(str(HOUR), Integer)
