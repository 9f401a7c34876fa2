"""Pipelines in JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from application.pipelines.pipeline_views import PipelineFigures
from domain.kernel.schedules import CronSchedule
from domain.pipelines.imports import ImportTarget
from domain.pipelines.pipeline import Edition, Pipeline, PipelineState, Policy, Reading
from entrypoints.http.cron_shapes import CronBody, CronInput
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.run_shapes import Rows, RunBody
from entrypoints.http.shapes import (
    Identifier,
    Input,
    Moment,
    Name,
    Output,
    Version,
)
from entrypoints.http.step_shapes import DefinitionInput

EventKind = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_.-]*$(?!\n)",
        min_length=1,
        max_length=64,
        examples=["room_type.changed"],
    ),
]
EditionNumber = Annotated[int, Meta(ge=1, le=1_000_000, examples=[3])]

ROOM_TYPES: dict[str, Any] = {
    "name": "Room types of the property system",
    "target": "offerings",
    "event_kind": "room_type.changed",
    "definition": {
        "key": "said.code",
        "steps": [
            {"kind": "move", "field": "said.code", "to": "key"},
            {"kind": "move", "field": "said.title", "to": "name"},
            {"kind": "constant", "field": "zone", "value": "Europe/Lisbon"},
            {"kind": "constant", "field": "offering.kind", "value": "hotel"},
            {"kind": "move", "field": "said.beds", "to": "offering.beds"},
            {"kind": "drop", "fields": ["said", "id", "kind", "occurred_at"]},
        ],
    },
}


class PolicyInput(Input, frozen=True):
    """A run ends when more than `most_bad_percent` of its rows are bad.

    A source that cannot be reached is asked again `retries` times, after `retry_seconds`, then
    twice that, and so on.
    """

    reading: Reading = Reading.FULL
    most_bad_percent: Annotated[int, Meta(ge=0, le=100)] = 10
    retries: Annotated[int, Meta(ge=0, le=10)] = 5
    retry_seconds: Annotated[int, Meta(ge=1, le=300)] = 10

    def policy(self) -> Policy:
        return Policy(
            reading=self.reading,
            most_bad_percent=self.most_bad_percent,
            retries=self.retries,
            retry_seconds=self.retry_seconds,
        )

    @classmethod
    def of(cls, policy: Policy) -> "PolicyInput":
        return cls(
            reading=policy.reading,
            most_bad_percent=policy.most_bad_percent,
            retries=policy.retries,
            retry_seconds=policy.retry_seconds,
        )


class PipelineChange(Input, frozen=True):
    """Another definition makes another edition. With a `schedule` it runs by itself."""

    name: Name
    definition: DefinitionInput
    policy: PolicyInput = PolicyInput()
    schedule: CronInput | None = None

    def scheduled(self) -> CronSchedule | None:
        """Raises BadCron."""
        return None if self.schedule is None else self.schedule.schedule()


class PipelineInput(PipelineChange, frozen=True, kw_only=True):
    """Of a data source, or of events of a kind that are posted to `/v1/ingestion/events`."""

    target: ImportTarget
    source_id: UUID | None = None
    event_kind: EventKind | None = None


class PipelineBody(Output, frozen=True):
    id: Identifier
    version: Version
    name: Name
    target: ImportTarget
    state: PipelineState
    source_id: Identifier | None
    event_kind: EventKind | None
    edition: EditionNumber
    definition: DefinitionInput
    policy: PolicyInput
    schedule: CronBody | None
    next_run_at: Moment | None

    @classmethod
    def of(cls, pipeline: Pipeline) -> "PipelineBody":
        schedule = pipeline.schedule
        return cls(
            id=pipeline.id,
            version=pipeline.version,
            name=pipeline.name,
            target=pipeline.target,
            state=pipeline.state,
            source_id=pipeline.source_id,
            event_kind=pipeline.event_kind,
            edition=pipeline.edition.number,
            definition=DefinitionInput.of(pipeline.definition),
            policy=PolicyInput.of(pipeline.policy),
            schedule=None if schedule is None else CronBody.of(schedule),
            next_run_at=pipeline.next_run_at,
        )


class PipelinePage(Output, frozen=True):
    items: Annotated[Sequence[PipelineBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class PipelineEditionBody(Output, frozen=True):
    edition: EditionNumber
    made_at: Moment
    definition: DefinitionInput

    @classmethod
    def of(cls, edition: Edition) -> "PipelineEditionBody":
        return cls(
            edition=edition.number,
            made_at=edition.made_at,
            definition=DefinitionInput.of(edition.definition),
        )


class PipelineEditionPage(Output, frozen=True):
    items: Annotated[Sequence[PipelineEditionBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class PipelineMetrics(Output, frozen=True):
    """Of the latest 100 runs that came to an end; null is what cannot be computed of them.

    `waiting` is how many rows are in quarantine now.
    """

    runs: Rows
    succeeded: Rows
    partial: Rows
    failed: Rows
    cancelled: Rows
    records_processed: Rows
    records_failed: Rows
    error_rate: Annotated[float, Meta(ge=0, le=1)] | None
    records_per_second: Annotated[float, Meta(ge=0)] | None
    seconds_per_run: Annotated[float, Meta(ge=0)] | None
    waiting: Rows
    last_run: RunBody | None
    next_run_at: Moment | None

    @classmethod
    def of(cls, figures: PipelineFigures, now: datetime) -> "PipelineMetrics":
        return cls(
            runs=figures.runs,
            succeeded=figures.succeeded,
            partial=figures.partial,
            failed=figures.failed,
            cancelled=figures.cancelled,
            records_processed=figures.processed,
            records_failed=figures.refused,
            error_rate=figures.share_of_errors,
            records_per_second=figures.rows_a_second,
            seconds_per_run=figures.seconds_a_run,
            waiting=figures.waiting,
            last_run=None if figures.last is None else RunBody.at(figures.last, now),
            next_run_at=figures.next_run_at,
        )
