"""What may be asked of a record."""

import re
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any

import attrs

from domain.pipelines.patterns import demand as demand_pattern
from domain.pipelines.patterns import matched
from domain.pipelines.records import Record, found, is_empty

Scalar = str | int | float | bool | None
Comparable = Fraction | datetime | date | str

NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Comparison(Enum):
    IS = "is"
    IS_NOT = "is_not"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    PRESENT = "present"
    ABSENT = "absent"
    MATCHES = "matches"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@attrs.frozen(kw_only=True)
class Condition:
    """Of one field. Texts that look alike as numbers, moments or dates compare as such."""

    field: str
    test: Comparison
    values: tuple[Scalar, ...] = ()

    def demand(self) -> None:
        """Raises BadPattern."""
        if self.test is Comparison.MATCHES:
            for value in self.values:
                demand_pattern(str(value))

    def holds(self, record: Record) -> bool:
        value = found(record, self.field)
        if self.test in (Comparison.PRESENT, Comparison.ABSENT):
            return is_empty(value) is (self.test is Comparison.ABSENT)
        if self.test in (Comparison.IS, Comparison.ONE_OF):
            return any(_same(value, each) for each in self.values)
        if self.test in (Comparison.IS_NOT, Comparison.NONE_OF):
            return not any(_same(value, each) for each in self.values)
        if self.test is Comparison.MATCHES:
            return any(matched(str(each), str(value)) for each in self.values)
        return any(self._bounds(value, each) for each in self.values)

    def _bounds(self, value: Any, bound: Scalar) -> bool:
        if self.test is Comparison.AT_LEAST:
            return in_order(comparable(bound), comparable(value))
        return in_order(comparable(value), comparable(bound))


def comparable(value: Any) -> Comparable | None:
    """A number, a moment, a day or a text; None for what has no order."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return number(str(value))
    if not isinstance(value, str):
        return None
    for read in (number, _time):
        if (known := read(value)) is not None:
            return known
    return value


def in_order(first: Any, second: Any) -> bool:
    """Of one sort, and the second no less than the first."""
    return first is not None and type(first) is type(second) and bool(first <= second)


def number(text: str) -> Fraction | None:
    return Fraction(text) if NUMBER.fullmatch(text) else None


def _same(value: Any, other: Scalar) -> bool:
    if isinstance(value, bool) or isinstance(other, bool):
        return value is other
    if is_empty(value) or is_empty(other):
        return is_empty(value) and is_empty(other)
    return bool(value == other or str(value) == str(other))


def _time(text: str) -> datetime | date | None:
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
