"""See what a pipeline would do with the first records of its source; nothing is written."""

from collections.abc import Sequence
from typing import NoReturn

import attrs

from application.kernel.ports import Clock, UnitOfWork
from application.pipelines.connecting import Connectors, SourcePage, SourceTrouble
from application.pipelines.feeds import origin_of
from application.pipelines.pipeline_ports import PipelineWork, Quarantined
from application.pipelines.reading_records import ReadPage, ReadRecords
from application.pipelines.take_rows import RowOutcome, Taken, TakeRows
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PipelineId
from domain.pipelines.definition import Definition, Drifted
from domain.pipelines.pipeline import Pipeline
from domain.pipelines.records import Record
from domain.pipelines.runs import Counts
from domain.pipelines.sources import Source


@attrs.frozen(kw_only=True)
class TryPipeline:
    """With another definition than the pipeline has, it is tried before it is said."""

    actor: Actor
    pipeline_id: PipelineId
    limit: int
    definition: Definition | None = None


@attrs.frozen(kw_only=True)
class TriedRow:
    """`becomes` is what the steps made of it, if they made anything."""

    name: str
    outcome: RowOutcome
    becomes: Record | None = None
    why: Quarantined | None = None


@attrs.frozen(kw_only=True)
class Trial:
    """`trouble` is why no record could be read."""

    counts: Counts
    rows: Sequence[TriedRow]
    more: bool = False
    trouble: str | None = None


@attrs.frozen
class Undone(Exception):
    """Raised where all is done, so that nothing of it stays."""

    taken: Taken


@attrs.frozen(kw_only=True)
class TryPipelineHandler:
    """The same code on the same records as in a run, in a transaction that is given up."""

    unit_of_work: UnitOfWork[PipelineWork]
    connectors: Connectors
    read_page: ReadPage
    take_rows: TakeRows
    clock: Clock

    async def __call__(self, command: TryPipeline, /) -> Trial:
        """Raises PipelineNotFound, DataSourceNotFound, BadStep or BadPattern."""
        if command.definition is not None:
            command.definition.demand()
        pipeline, source = await self._about(command)
        definition = command.definition or pipeline.definition
        try:
            page = await self._page(command, source)
            read = self.read_page(command.actor.organization_id, pipeline, definition, page)
        except (SourceTrouble, Drifted) as trouble:
            return Trial(counts=Counts(), rows=(), trouble=str(trouble))
        taken = await self._taken(command.actor, pipeline, read)
        return _trial(read, taken, more=page.next is not None)

    async def _about(self, command: TryPipeline) -> tuple[Pipeline, Source | None]:
        def look(work: PipelineWork) -> tuple[Pipeline, Source | None]:
            pipeline = work.pipelines.get(command.pipeline_id)
            if pipeline.source_id is None:
                return pipeline, None
            return pipeline, work.data_sources.get(pipeline.source_id)

        return await self.unit_of_work(command.actor, look)

    async def _page(self, command: TryPipeline, source: Source | None) -> SourcePage:
        """Raises SourceTrouble."""
        if source is None:
            return SourcePage(records=(), next=None)
        connector = self.connectors.of(source.kind)
        return await connector.page(origin_of(command.actor, source), None, limit=command.limit)

    async def _taken(self, actor: Actor, pipeline: Pipeline, read: ReadRecords) -> Taken:
        def attempt(work: PipelineWork) -> NoReturn:
            raise Undone(self.take_rows(work, pipeline, read, now=self.clock()))

        try:
            await self.unit_of_work(actor, attempt)
        except Undone as undone:
            return undone.taken


def _trial(read: ReadRecords, taken: Taken, *, more: bool) -> Trial:
    why = {each.key: each for each in taken.bad}
    rows = [
        TriedRow(
            name=row.name,
            outcome=taken.outcomes[row.key],
            becomes=row.tree,
            why=why.get(row.key),
        )
        for row in read.rows
    ]
    rows += [TriedRow(name=bad.name, outcome=RowOutcome.QUARANTINED, why=bad) for bad in read.bad]
    return Trial(counts=taken.counts, rows=rows, more=more)
