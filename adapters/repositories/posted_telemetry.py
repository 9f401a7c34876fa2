"""What programs measured, logged and traced, in SQL."""

from collections.abc import Callable, Sequence
from typing import Any

import attrs

from adapters.mapping.telemetry import row_of_line, row_of_measurement, row_of_span
from adapters.schema.telemetry import log_lines, measurements, spans
from adapters.sql.bulk import Bulk, Row
from adapters.sql.scope import Scope
from application.pipelines.telemetry_ports import KeptTelemetry, TelemetryWork
from domain.pipelines.telemetry import LogLine, Measurement, PostedSpan, Telemetry

KEPT: Sequence[tuple[type[Telemetry], Bulk, Callable[[Any], Row]]] = (
    (Measurement, Bulk.into(measurements), row_of_measurement),
    (LogLine, Bulk.into(log_lines), row_of_line),
    (PostedSpan, Bulk.into(spans), row_of_span),
)


@attrs.frozen
class SqlKeptTelemetry(KeptTelemetry):
    scope: Scope

    def put(self, said: Sequence[Telemetry]) -> int:
        return sum(
            self._put(bulk, [row_of(one) for one in said if isinstance(one, kind)])
            for kind, bulk, row_of in KEPT
        )

    def _put(self, bulk: Bulk, rows: Sequence[Row]) -> int:
        """Always in one order: of two who post the same, one waits and none for the other."""
        key = [column.name for column in bulk.table.primary_key][1:]
        first: dict[tuple[Any, ...], Row] = {}
        for row in rows:
            first.setdefault(tuple(row[name] for name in key), row)
        return len(self.scope.write(bulk, [first[each] for each in sorted(first)]))


@attrs.frozen
class SqlTelemetryWork(TelemetryWork):
    telemetry: SqlKeptTelemetry

    @classmethod
    def on(cls, scope: Scope) -> "SqlTelemetryWork":
        return cls(SqlKeptTelemetry(scope))
