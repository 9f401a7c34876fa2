"""Figures: what a number about calls or bookings is, said once wherever it is shown."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Generic, TypeVar

import attrs

Totals = TypeVar("Totals")
Value = int | float


class Unit(Enum):
    """What a value counts: a share or a score lies between 0 and 1, a sentiment and a correlation
    between -1 and 1, money is in minor units of the currency it stands beside."""

    CALLS = "calls"
    TIMES = "times"
    BOOKINGS = "bookings"
    UNITS = "units"
    NIGHTS = "nights"
    AGENTS = "agents"
    DAYS = "days"
    SECONDS = "seconds"
    SHARE = "share"
    SCORE = "score"
    SENTIMENT = "sentiment"
    CORRELATION = "correlation"
    MONEY = "money"


@attrs.frozen(kw_only=True)
class Figure(Generic[Totals]):
    """`of` is None where the figure cannot be computed: there is nothing to divide by.

    `source` is what is counted, `formula` how. Whoever changes what a figure means raises its
    `version`.
    """

    name: str
    unit: Unit
    formula: str
    source: str
    of: Callable[[Totals], Value | None]
    version: int = 1


def values(figures: Sequence[Figure[Totals]], totals: Totals) -> Mapping[str, Value | None]:
    """By name, in the order of the catalogue."""
    return {figure.name: figure.of(totals) for figure in figures}


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def mean_seconds(milliseconds: int, number: int) -> float | None:
    return milliseconds / (1000 * number) if number else None


def mean_of_thousandths(thousandths: int, number: int) -> float | None:
    return thousandths / (1000 * number) if number else None
