"""Runs of pipelines in JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from application.pipelines.pipeline_ports import Level, Quarantined
from application.pipelines.pipeline_views import RunNote
from application.pipelines.take_rows import RowOutcome
from application.pipelines.try_pipeline import Trial, TriedRow
from domain.pipelines.ranges import Range
from domain.pipelines.runs import Counts, PipelineRunState, Run, RunKind
from entrypoints.http.paging import LARGEST_PAGE, Next, PageQuery
from entrypoints.http.refusals import TEXT_OR_NOTHING
from entrypoints.http.shapes import ONE_LINE, Identifier, Input, Moment, Output, Version
from entrypoints.http.step_shapes import DefinitionInput, Field

Rows = Annotated[int, Meta(ge=0, le=10**12, examples=[1000])]
Reason = Annotated[str, Meta(pattern="^[a-z_]+$", max_length=64, examples=["schema_drift"])]
End = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        min_length=1,
        max_length=40,
        description="A number, a day or a moment.",
        examples=["2027-01-01"],
    ),
]
Text = Annotated[str, Meta(pattern=TEXT_OR_NOTHING, max_length=2000)]
Json = Annotated[
    str,
    Meta(
        pattern=r"^[\s\S]*$",
        max_length=1_000_000,
        description="As a JSON text, whatever it has.",
        examples=['{"code": "double"}'],
    ),
]


class RangeInput(Input, frozen=True):
    """Records whose field is from the one value on, up to but not including the other."""

    field: Field
    first: End
    until: End

    def range(self) -> Range:
        return Range(field=self.field, first=self.first, until=self.until)


class RangeBody(Output, frozen=True):
    field: Field
    first: End
    until: End


class RunInput(Input, frozen=True):
    """Without anything, the pipeline's policy says how; with a `range`, it is a backfill."""

    kind: RunKind | None = None
    range: RangeInput | None = None


class CountsBody(Output, frozen=True):
    """Of rows. Those that were `left_out` no step wanted, or another of their name came later."""

    read: Rows
    new: Rows
    changed: Rows
    unchanged: Rows
    conflicts: Rows
    quarantined: Rows
    deleted: Rows
    left_out: Rows

    @classmethod
    def of(cls, counts: Counts) -> "CountsBody":
        return cls(
            read=counts.read,
            new=counts.new,
            changed=counts.changed,
            unchanged=counts.unchanged,
            conflicts=counts.conflicts,
            quarantined=counts.quarantined,
            deleted=counts.deleted,
            left_out=counts.left_out,
        )


class RunBody(Output, frozen=True):
    """`parent_id` is the run that it goes on with; its counts are its own all the same.

    `seconds_left` is what follows from how it went and how many rows were known before, and null
    as long as nobody knows.
    """

    id: Identifier
    version: Version
    pipeline_id: Identifier
    edition: Annotated[int, Meta(ge=1, le=1_000_000)]
    kind: RunKind
    state: PipelineRunState
    reason: Reason | None
    parent_id: Identifier | None
    range: RangeBody | None
    counts: CountsBody
    pages: Rows
    queued_at: Moment
    started_at: Moment | None
    ended_at: Moment | None
    retry_at: Moment | None
    rows_per_second: Annotated[float, Meta(ge=0)] | None
    seconds_left: Annotated[float, Meta(ge=0)] | None

    @classmethod
    def at(cls, run: Run, now: datetime) -> "RunBody":
        span = run.range
        return cls(
            id=run.id,
            version=run.version,
            pipeline_id=run.pipeline_id,
            edition=run.edition,
            kind=run.kind,
            state=run.state,
            reason=run.reason,
            parent_id=run.parent_id,
            range=(
                None
                if span is None
                else RangeBody(field=span.field, first=span.first, until=span.until)
            ),
            counts=CountsBody.of(run.counts),
            pages=run.pages,
            queued_at=run.queued_at,
            started_at=run.started_at,
            ended_at=run.ended_at,
            retry_at=run.retry_at,
            rows_per_second=run.rows_a_second(now),
            seconds_left=run.seconds_left(now),
        )


class RunPage(Output, frozen=True):
    items: Annotated[Sequence[RunBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class RunNoteBody(Output, frozen=True):
    at: Moment
    level: Level
    what: Reason
    details: Json

    @classmethod
    def of(cls, note: RunNote) -> "RunNoteBody":
        return cls(at=note.at, level=note.level, what=note.what, details=written(note.details))


class RunNotePage(Output, frozen=True):
    items: Annotated[Sequence[RunNoteBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class LogQuery(PageQuery, frozen=True, rename={"since": "from"}):
    """Of one level, from one moment on, before another."""

    level: Level | None = None
    since: Moment | None = None
    until: Moment | None = None


class QuarantineQuery(PageQuery, frozen=True):
    code: Reason | None = None


class QuarantinedBody(Output, frozen=True):
    """What the source said of it, if that could be read, and why it was not taken."""

    id: Identifier
    name: Text
    code: Reason
    field: Text
    detail: Text
    record: Json | None

    @classmethod
    def of(cls, row: Quarantined) -> "QuarantinedBody":
        return cls(
            id=row.key,
            name=row.name,
            code=row.code,
            field=row.field,
            detail=row.detail,
            record=None if row.record is None else written(row.record),
        )


class QuarantinePage(Output, frozen=True):
    items: Annotated[Sequence[QuarantinedBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class TrialInput(Input, frozen=True):
    """`definition` is tried instead of the pipeline's own."""

    limit: Annotated[int, Meta(ge=1, le=100)] = 20
    definition: DefinitionInput | None = None


class TriedRowBody(Output, frozen=True):
    """`becomes` is what the steps made of it, as JSON."""

    name: Text
    outcome: RowOutcome
    becomes: Json | None
    code: Reason | None
    field: Text | None
    detail: Text | None

    @classmethod
    def of(cls, row: TriedRow) -> "TriedRowBody":
        why = row.why
        return cls(
            name=row.name,
            outcome=row.outcome,
            becomes=None if row.becomes is None else written(row.becomes),
            code=None if why is None else why.code,
            field=None if why is None else why.field,
            detail=None if why is None else why.detail,
        )


class TrialBody(Output, frozen=True):
    """`trouble` is why no record could be read; `more` says that there are others."""

    counts: CountsBody
    rows: Annotated[Sequence[TriedRowBody], Meta(max_length=200)]
    more: bool
    trouble: Text | None

    @classmethod
    def of(cls, trial: Trial) -> "TrialBody":
        return cls(
            counts=CountsBody.of(trial.counts),
            rows=[TriedRowBody.of(row) for row in trial.rows],
            more=trial.more,
            trouble=trial.trouble,
        )


def written(value: Mapping[str, Any]) -> str:
    return msgspec.json.encode(value).decode()
