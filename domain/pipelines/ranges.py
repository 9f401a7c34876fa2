"""Parts of what a source has."""

from datetime import date, datetime
from typing import ClassVar

import attrs

from domain.kernel.refusals import Invalid
from domain.pipelines.conditions import comparable, in_order
from domain.pipelines.records import Record, found


@attrs.frozen
class BadRange(Invalid):
    code: ClassVar[str] = "bad_range"
    field: ClassVar[str] = "range"

    def __str__(self) -> str:
        return "a range goes from a number, a day or a moment until a later one of the same sort"


@attrs.frozen(kw_only=True)
class Range:
    """Records whose field is from the one value on, up to but not including the other."""

    field: str
    first: str
    until: str

    def demand(self) -> None:
        """Raises BadRange."""
        first, until = comparable(self.first), comparable(self.until)
        if isinstance(first, str) or first == until or not in_order(first, until):
            raise BadRange

    def holds(self, record: Record) -> bool:
        value, until = comparable(found(record, self.field)), comparable(self.until)
        if isinstance(value, datetime) and type(until) is date:
            value = value.date()
        return in_order(comparable(self.first), value) and not in_order(until, value)
