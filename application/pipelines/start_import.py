"""Accept rows for import: they are stored, and taken in the background."""

from collections.abc import Iterable, Iterator, Sequence

import attrs

from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.rows import Row, RowRefused
from application.pipelines.ports import ImportWork
from application.pipelines.run_import import RunImport
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ImportId
from domain.pipelines.imports import Import, ImportTarget

# Python is at work within the transaction, beside others at theirs: none may be idle for seconds.
HEAVIEST_CHUNK = 250


@attrs.frozen(kw_only=True)
class StartImport:
    """`refused` are rows that could not be read; they are part of the import all the same."""

    actor: Actor
    target: ImportTarget
    rows: Sequence[Row]
    refused: Sequence[RowRefused] = ()
    once: Once[Import] | None = None


@attrs.frozen(kw_only=True)
class StartImportHandler:
    unit_of_work: UnitOfWork[ImportWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: StartImport, /) -> Import:
        """Raises NotPermitted."""
        command.actor.must_have_one(command.target.needs)

        def start(work: ImportWork) -> Import:
            begun = Import.start(
                ImportId(self.new_id()),
                command.target,
                rows=len(command.rows) + len(command.refused),
                refused=len(command.refused),
                now=self.clock(),
            )
            saved = work.imports.save(begun)
            work.imports.refuse(saved.id, command.refused)
            for number, rows in enumerate(chunks(command.rows)):
                work.imports.put(saved.id, number, rows)
            if command.rows:
                work.jobs.enqueue(RunImport(import_id=saved.id).job)
            return saved

        return await self.unit_of_work(command.actor, start, once=command.once)


def chunks(rows: Iterable[Row]) -> Iterator[Sequence[Row]]:
    """In their order, as many together as one transaction should take."""
    chunk: list[Row] = []
    weight = 0
    for row in rows:
        if chunk and weight + row.weight > HEAVIEST_CHUNK:
            yield chunk
            chunk, weight = [], 0
        chunk.append(row)
        weight += row.weight
    if chunk:
        yield chunk
