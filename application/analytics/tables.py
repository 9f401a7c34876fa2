"""How rows become bytes, a few at a time."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from application.analytics.reports import Cells, Column
from domain.analytics.exports import ExportFormat
from domain.kernel.periods import Zone


class RowWriter(Protocol):
    """One file after another; what it writes of some rows depends on no others."""

    @property
    def media_type(self) -> str: ...

    def head(self, columns: Sequence[Column]) -> bytes:
        """What is written before the first row."""
        ...

    def lines(self, columns: Sequence[Column], rows: Sequence[Cells], zone: Zone) -> bytes: ...


RowWriters = Mapping[ExportFormat, RowWriter]
