"""Figures as columns and rows of reports."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from application.analytics.reports import CellKind, Cells, Column
from domain.analytics.figures import Figure, Unit

Totals = TypeVar("Totals")

WHOLE: Mapping[Unit, CellKind] = {
    Unit.CALLS: CellKind.NUMBER,
    Unit.BOOKINGS: CellKind.NUMBER,
    Unit.UNITS: CellKind.NUMBER,
    Unit.NIGHTS: CellKind.NUMBER,
    Unit.SECONDS: CellKind.SECONDS,
    Unit.MONEY: CellKind.MONEY,
    Unit.DAYS: CellKind.VALUE,
}
# Of whole numbers, and none themselves.
MEANS = frozenset(
    {
        "people_per_booking",
        "average_value",
        "average_payment",
        "average_daily_rate",
        "revenue_per_available",
    }
)
SPAN = (Column.of("from", CellKind.MOMENT), Column.of("until", CellKind.MOMENT))
CURRENCY = Column.of("currency", CellKind.TEXT)
SAID = (
    Column.of("figure", CellKind.TEXT),
    Column.of("value", CellKind.VALUE),
    Column.of("unit", CellKind.TEXT),
    Column.of("formula", CellKind.TEXT),
    Column.of("version", CellKind.NUMBER),
)


def columns_of(figures: Sequence[Figure[Any]]) -> Sequence[Column]:
    return [Column.of(one.name, _kind(one)) for one in figures]


def cells_of(figures: Sequence[Figure[Totals]], totals: Totals) -> Cells:
    return [one.of(totals) for one in figures]


def said(figures: Sequence[Figure[Totals]], totals: Totals) -> Sequence[Cells]:
    """A row each, with what it is."""
    return [
        [one.name, one.of(totals), one.unit.value, one.formula, one.version] for one in figures
    ]


def _kind(figure: Figure[Any]) -> CellKind:
    if figure.name in MEANS:
        return CellKind.VALUE
    return WHOLE.get(figure.unit, CellKind.SHARE)
