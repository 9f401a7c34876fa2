"""From the records of a page to rows, and why some are none."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID, uuid5

import attrs

from application.kernel.rows import Row, RowRefused
from application.pipelines.connecting import SourcePage
from application.pipelines.pipeline_ports import Digest, Quarantined, Understanding
from domain.kernel.identifiers import OrganizationId
from domain.pipelines.definition import Definition
from domain.pipelines.pipeline import Pipeline
from domain.pipelines.ranges import Range
from domain.pipelines.records import BadRecord, LeftOut, Record


@attrs.frozen(kw_only=True)
class ReadRow:
    """`record` is what the source says, `tree` what became of it.

    What that means is asked only of what was not known before, which takes longest.
    """

    key: UUID
    name: str
    digest: str
    line: int
    understood: Callable[[], Row | RowRefused] = attrs.field(eq=False, repr=False)
    record: Record = attrs.field(repr=False)
    tree: Record = attrs.field(repr=False)

    def refused(self, code: str, field: str, detail: str) -> Quarantined:
        return Quarantined(
            key=self.key,
            name=self.name,
            code=code,
            field=field,
            detail=detail,
            record=self.record,
        )


@attrs.frozen(kw_only=True)
class ReadRecords:
    """Of two rows of one name, the later one counts, and the other is left out."""

    rows: Sequence[ReadRow] = ()
    bad: Sequence[Quarantined] = ()
    left_out: int = 0


@attrs.frozen(kw_only=True)
class ReadPage:
    understand: Understanding
    digest: Digest

    def __call__(
        self,
        owner: OrganizationId,
        pipeline: Pipeline,
        definition: Definition,
        page: SourcePage,
        *,
        within: Range | None = None,
    ) -> ReadRecords:
        """Raises Drifted."""
        rows: dict[UUID, ReadRow | Quarantined] = {}
        left_out = 0
        for line, record in enumerate(page.records, start=1):
            if within is not None and not within.holds(record):
                left_out += 1
                continue
            try:
                row = self._row(owner, pipeline, definition, line, record)
            except LeftOut:
                left_out += 1
                continue
            left_out += row.key in rows
            rows[row.key] = row
        unreadable = [_unreadable(pipeline, each.at, each.reason) for each in page.bad]
        return ReadRecords(
            rows=[row for row in rows.values() if isinstance(row, ReadRow)],
            bad=[*unreadable, *(row for row in rows.values() if isinstance(row, Quarantined))],
            left_out=left_out,
        )

    def _row(
        self,
        owner: OrganizationId,
        pipeline: Pipeline,
        definition: Definition,
        line: int,
        record: Record,
    ) -> ReadRow | Quarantined:
        """Raises LeftOut and Drifted."""
        name = ""
        try:
            name = definition.name_of(record)
            tree = definition.mapped(record)
        except BadRecord as bad:
            return Quarantined(
                key=uuid5(pipeline.id, name or f"\n{self.digest(record)}"),
                name=name,
                code=bad.code,
                field=bad.field,
                detail=bad.detail,
                record=record,
            )
        key = uuid5(pipeline.id, name)
        return ReadRow(
            key=key,
            name=name,
            digest=self.digest(tree),
            line=line,
            understood=partial(self.understand, pipeline.target, line, tree, owner),
            record=record,
            tree=tree,
        )


def _unreadable(pipeline: Pipeline, at: str, reason: str) -> Quarantined:
    return Quarantined(
        key=uuid5(pipeline.id, f"\r{at}"),
        name="",
        code="unreadable_record",
        field=at[:200],
        detail=reason[:500],
    )
