"""Figures about calls in SQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Connection, Row, func

from adapters.mapping.call_measures import conditions
from adapters.mapping.call_outcomes import conversion, resolution
from adapters.mapping.grouped_calls import key_of
from adapters.readers.buckets import buckets_of
from adapters.readers.calls_by_group import by_group, of_one_group
from adapters.readers.heard import heard_as_far_as, heard_until
from adapters.readers.pieces import Asked
from adapters.readers.sources_of_call_figures import (
    PARTS,
    moment_of,
    of_calls,
    summed_up,
)
from adapters.schema.call_figures import call_figures
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.analytics.call_views import (
    CallBehind,
    CallFigureViews,
    CallQuestion,
    Grouping,
    Part,
)
from application.analytics.count_calls import CountCalls
from application.kernel.pages import Page, Slice
from application.kernel.ports import Clock
from domain.analytics.call_totals import COUNTED, CallTotals
from domain.analytics.intervals import Granularity
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId
from domain.kernel.periods import Period


@attrs.frozen(kw_only=True)
class SqlCallFigureViews(CallFigureViews):
    database: Database
    clock: Clock

    async def as_of(self, actor: Actor) -> datetime:
        return await heard_until(self.database, actor, CountCalls, self.clock())

    async def edition(self, actor: Actor) -> int:
        return await heard_as_far_as(self.database, actor, CountCalls)

    async def totals(self, actor: Actor, question: CallQuestion) -> CallTotals:
        asked = of_one_group(actor, question)
        if asked is None:
            asked = summed_up(actor, question)
        return _together(await self._rows(actor, asked))

    async def series(
        self, actor: Actor, question: CallQuestion, interval: Granularity
    ) -> Sequence[tuple[Period, CallTotals]]:
        cut = question.span.cut(interval)
        buckets = buckets_of(cut)
        rows: dict[int, list[Sequence[int]]] = {}
        for number, *sums in await self._rows(actor, summed_up(actor, question, cut)):
            rows.setdefault(buckets.place(number), []).append(sums)
        return [(period, _together(rows.get(place, ()))) for place, period in enumerate(cut)]

    async def groups(
        self, actor: Actor, question: CallQuestion, by: Grouping
    ) -> Mapping[str | None, CallTotals]:
        rows: dict[str, list[Sequence[int]]] = {}
        for group, *sums in await self._rows(actor, by_group(actor, question, by)):
            rows.setdefault(group, []).append(sums)
        return {key_of(by, group): _together(some) for group, some in rows.items()}

    async def lengths(
        self, actor: Actor, question: CallQuestion, part: Part
    ) -> Sequence[tuple[int, int]]:
        lasted = PARTS[part]
        asked = of_calls(actor, question, lasted.label("lasted"), func.count())
        rows = await self._rows(
            actor, asked.where(lasted.is_not(None)).group_by(lasted).order_by(lasted)
        )
        return [(row[0], row[1]) for row in rows]

    async def issues(self, actor: Actor, question: CallQuestion) -> Mapping[str, int]:
        found = call_figures.c.issues
        asked = of_calls(actor, question, found, func.count())
        numbers: dict[str, int] = {}
        for kinds, number in await self._rows(actor, asked.where(found != "").group_by(found)):
            for kind in set(kinds.split(",")):
                numbers[kind] = numbers.get(kind, 0) + number
        return numbers

    async def behind(
        self, actor: Actor, question: CallQuestion, number: str, slice: Slice
    ) -> Page[CallBehind]:
        moment = moment_of(question.axis)
        asked = of_calls(actor, question, call_figures.c.id, moment)
        every = {
            **conditions(question.thresholds),
            **resolution(self.clock(), question.again_within_days),
            **conversion(),
        }
        counted = asked.where(every[number])
        keys = (moment, call_figures.c.id)

        def behind(row: Row[Any]) -> CallBehind:
            return CallBehind(id=CallId(row.id), at=row._mapping[moment])  # noqa: SLF001

        return await self.database.read(
            lambda connection: page_of(connection, counted, keys, slice, behind),
            of=actor.organization_id,
        )

    async def _rows(self, actor: Actor, asked: Asked) -> Sequence[Any]:
        def ask(connection: Connection) -> Sequence[Any]:
            return connection.execute(asked).all()

        return await self.database.read(ask, of=actor.organization_id)


def _together(rows: Sequence[Sequence[int]]) -> CallTotals:
    if not rows:
        return CallTotals()
    sums = rows[0] if len(rows) == 1 else map(sum, zip(*rows, strict=True))
    return CallTotals(**dict(zip(COUNTED, sums, strict=True)))
