"""Columns of figures hold what their kind says: whole numbers where they are said to be whole."""

from typing import Any

import attrs
import pytest

from application.analytics.figure_columns import columns_of
from application.analytics.reports import CellKind
from domain.analytics.booking_figures import BOOKING_FIGURES, VALUE_FIGURES
from domain.analytics.booking_totals import BookingTotals, ValueTotals
from domain.analytics.figures import Figure
from domain.analytics.occupancy import (
    OCCUPANCY_FIGURES,
    YIELD_FIGURES,
    DayTotals,
    SoldTotals,
    Yield,
)
from domain.analytics.revenue import REVENUE_FIGURES, RevenueTotals

WHOLE = frozenset({CellKind.NUMBER, CellKind.MONEY})
PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71)


def filled(totals: type[Any]) -> Any:
    """With numbers of which none divides another."""
    names = [field.name for field in attrs.fields(totals)]
    return totals(**{name: PRIMES[place % len(PRIMES)] for place, name in enumerate(names)})


@pytest.mark.parametrize(
    ("figures", "totals"),
    [
        (BOOKING_FIGURES, filled(BookingTotals)),
        (VALUE_FIGURES, filled(ValueTotals)),
        (OCCUPANCY_FIGURES, filled(DayTotals)),
        (YIELD_FIGURES, Yield(capacity=7, sold=SoldTotals(sold=3, worth_minor=11))),
        (REVENUE_FIGURES, filled(RevenueTotals)),
    ],
)
def test_what_is_said_to_be_whole_is(figures: tuple[Figure[Any], ...], totals: Any) -> None:
    for column, figure in zip(columns_of(figures), figures, strict=True):
        value = figure.of(totals)
        assert isinstance(value, int) is (column.kind in WHOLE), figure.name
