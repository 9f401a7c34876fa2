"""A data source in memory, that fails when a test wants it to."""

from collections.abc import Sequence
from datetime import timedelta

import attrs

from application.pipelines.connecting import (
    Connector,
    Connectors,
    Cursor,
    Origin,
    Record,
    SourcePage,
    SourceTrouble,
    Verdict,
)
from domain.pipelines.source_options import SourceKind


@attrs.define
class MemoryConnector(Connector):
    """Fails once with each of `troubles` before it answers."""

    records: Sequence[Record]
    troubles: list[SourceTrouble] = attrs.field(factory=list)
    asked: list[Cursor | None] = attrs.field(factory=list)

    async def validate(self, source: Origin, /, *, within: timedelta) -> Verdict:
        if self.troubles:
            return Verdict(reachable=False, detail=str(self.troubles.pop(0)))
        return Verdict(reachable=True, version="memory 1", clock_difference_ms=0)

    async def page(self, source: Origin, after: Cursor | None, /, *, limit: int) -> SourcePage:
        self.asked.append(after)
        if self.troubles:
            raise self.troubles.pop(0)
        first = 0 if after is None else int(after["first"] or 0)
        until = first + limit
        later = {"first": min(until, len(self.records))}
        more = until < len(self.records)
        return SourcePage(
            records=self.records[first:until], next=later if more else None, later=later
        )


@attrs.frozen
class SameConnector(Connectors):
    connector: Connector

    def of(self, kind: SourceKind, /) -> Connector:
        return self.connector
