"""Parquet by pyarrow, which is large and need not be installed."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
from anyio import to_thread

from adapters.rendering.temporary_files import parts_of
from application.analytics.reports import CellKind, Cells, Column
from application.analytics.tables import FileMaker, Table


def parquet_is_installed() -> bool:
    try:
        version("pyarrow")
    except PackageNotFoundError:
        return False
    return True


@attrs.frozen
class ParquetMaker(FileMaker):
    """A group of rows for each part; moments are in UTC, and the zone is in the metadata."""

    async def __call__(
        self, table: Table, rows: AsyncIterator[Sequence[Cells]], /
    ) -> AsyncIterator[bytes]:
        with TemporaryDirectory(prefix="frontdesk-") as folder:
            path = Path(folder) / "report.parquet"
            file = await to_thread.run_sync(_File.open, path, table)
            async for some in rows:
                await to_thread.run_sync(file.add, some)
            await to_thread.run_sync(file.close)
            async for part in parts_of(path):
                yield part


@attrs.frozen
class _File:
    arrow: Any
    schema: Any
    writer: Any
    columns: Sequence[Column]

    @classmethod
    def open(cls, path: Path, table: Table) -> "_File":
        # Half a second, and only for whoever wants it.
        import pyarrow as arrow  # type: ignore[import-untyped]  # noqa: PLC0415, ICN001
        from pyarrow.parquet import ParquetWriter  # type: ignore[import-untyped]  # noqa: PLC0415

        types = _types(arrow)
        metadata = {
            "report": table.report.name,
            "zone": table.question.zone.name,
            "from": table.question.period.starts_at.isoformat(),
            "until": table.question.period.ends_at.isoformat(),
        }
        columns = table.report.columns
        schema = arrow.schema(
            [(column.name, types[column.kind]) for column in columns], metadata=metadata
        )
        writer = ParquetWriter(str(path), schema, compression="zstd")
        return cls(arrow, schema, writer, columns)

    def add(self, rows: Sequence[Cells]) -> None:
        if not rows:
            return
        arrays = [
            self.arrow.array(_known(column.kind, cells), type=field.type)
            for column, field, cells in zip(
                self.columns, self.schema, zip(*rows, strict=True), strict=True
            )
        ]
        self.writer.write_batch(self.arrow.record_batch(arrays, schema=self.schema))

    def close(self) -> None:
        self.writer.close()


def _types(arrow: Any) -> Mapping[CellKind, Any]:
    return {
        CellKind.TEXT: arrow.string(),
        CellKind.IDENTIFIER: arrow.string(),
        CellKind.NUMBER: arrow.int64(),
        CellKind.MONEY: arrow.int64(),
        CellKind.SECONDS: arrow.float64(),
        CellKind.SHARE: arrow.float64(),
        CellKind.VALUE: arrow.float64(),
        CellKind.DECIMAL: arrow.decimal128(38, 9),
        CellKind.MOMENT: arrow.timestamp("us", tz="UTC"),
        CellKind.DATE: arrow.date32(),
        CellKind.FLAG: arrow.bool_(),
    }


WORDED: Mapping[CellKind, Callable[[Any], Any]] = {
    CellKind.IDENTIFIER: str,
    CellKind.SECONDS: float,
    CellKind.SHARE: float,
    CellKind.VALUE: float,
}


def _known(kind: CellKind, cells: Sequence[Any]) -> Sequence[Any]:
    worded = WORDED.get(kind)
    if worded is None:
        return cells
    return [None if cell is None else worded(cell) for cell in cells]
