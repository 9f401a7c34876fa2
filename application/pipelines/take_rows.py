"""What becomes of the rows of a page, within one transaction: of a run, or of a trial of one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from uuid import UUID

import attrs

from application.kernel.rows import Row, RowRefused
from application.pipelines.pipeline_ports import (
    Kept,
    PipelineWork,
    Quarantined,
    TakingRows,
)
from application.pipelines.reading_records import ReadRecords, ReadRow
from domain.pipelines.imports import ImportTarget
from domain.pipelines.pipeline import Pipeline
from domain.pipelines.runs import Counts

# What is there already, and says otherwise: nobody can tell by themselves who is right.
CONFLICTS = frozenset({"known_already", "call_imported_before", "changed_since", "settled"})
CHANGED = "what was taken before cannot be changed"
FIXED = frozenset({ImportTarget.PAST_BOOKINGS, ImportTarget.PAST_CALLS})


class RowOutcome(Enum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    QUARANTINED = "quarantined"


@attrs.frozen(kw_only=True)
class Taken:
    """`digests` are of what is to be kept: taken, or back where it was thought to be gone."""

    outcomes: Mapping[UUID, RowOutcome]
    bad: Sequence[Quarantined]
    digests: Mapping[UUID, str]
    left_out: int

    @property
    def counts(self) -> Counts:
        found = list(self.outcomes.values())
        return Counts(
            new=found.count(RowOutcome.NEW),
            changed=found.count(RowOutcome.CHANGED),
            unchanged=found.count(RowOutcome.UNCHANGED),
            conflicts=found.count(RowOutcome.CONFLICT),
            quarantined=found.count(RowOutcome.QUARANTINED),
            left_out=self.left_out,
        )


@attrs.frozen(kw_only=True)
class TakeRows:
    """A row that says what it said the last time is not taken again."""

    taking: Mapping[ImportTarget, TakingRows]

    def __call__(
        self, work: PipelineWork, pipeline: Pipeline, read: ReadRecords, *, now: datetime
    ) -> Taken:
        known = work.rows.known(pipeline.id, [row.key for row in read.rows])
        differ = [row for row in read.rows if _differs(row, known.get(row.key))]
        refused = self._taken(work, pipeline, differ, known, now)
        why = {each.key: each.code for each in refused}
        return Taken(
            outcomes={
                **{row.key: _outcome(row, known, why) for row in read.rows},
                **dict.fromkeys((each.key for each in read.bad), RowOutcome.QUARANTINED),
            },
            bad=[*read.bad, *refused],
            digests={
                row.key: row.digest
                for row in read.rows
                if row.key not in why and _is_news(row, known.get(row.key))
            },
            left_out=read.left_out,
        )

    def _taken(
        self,
        work: PipelineWork,
        pipeline: Pipeline,
        differ: Sequence[ReadRow],
        known: Mapping[UUID, Kept],
        now: datetime,
    ) -> list[Quarantined]:
        """The bad ones."""
        refused: list[Quarantined] = []
        fixed = pipeline.target in FIXED
        wanted: dict[int, ReadRow] = {}
        rows: list[Row] = []
        for row in differ:
            if fixed and row.key in known:
                refused.append(row.refused("changed_since", "", CHANGED))
                continue
            said = row.understood()
            if isinstance(said, RowRefused):
                refused.append(row.refused(said.code, said.field, said.detail))
                continue
            wanted[row.line] = row
            rows.append(said)
        bad = self.taking[pipeline.target](work, rows, now=now) if rows else ()
        return [
            *refused,
            *(wanted[each.line].refused(each.code, each.field, each.detail) for each in bad),
        ]


def _differs(row: ReadRow, kept: Kept | None) -> bool:
    return kept is None or kept.digest != row.digest


def _is_news(row: ReadRow, kept: Kept | None) -> bool:
    return kept is None or kept.vanished or kept.digest != row.digest


def _outcome(row: ReadRow, known: Mapping[UUID, Kept], why: Mapping[UUID, str]) -> RowOutcome:
    if row.key in why:
        return RowOutcome.CONFLICT if why[row.key] in CONFLICTS else RowOutcome.QUARANTINED
    if row.key not in known:
        return RowOutcome.NEW
    return RowOutcome.CHANGED if _differs(row, known[row.key]) else RowOutcome.UNCHANGED
