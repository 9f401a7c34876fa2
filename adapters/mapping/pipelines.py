"""Pipelines and runs, from their rows and back."""

from typing import Any

import attrs
from sqlalchemy import Row, Select, select

from adapters.schema.pipelines import pipeline_editions, pipelines
from adapters.sql.documents import new_converter, tagged
from domain.kernel.schedules import CronSchedule
from domain.pipelines.definition import Definition
from domain.pipelines.imports import ImportTarget
from domain.pipelines.pipeline import Edition, Pipeline, PipelineState, Policy
from domain.pipelines.ranges import Range
from domain.pipelines.runs import Counts, PipelineRunState, Run, RunKind
from domain.pipelines.steps import STEPS, Step

PLAIN = "json"
"""Under which a record in quarantine is kept that is not sealed, as a text."""
COUNTS = tuple(each.name for each in attrs.fields(Counts))

converter = new_converter()
# A value of JSON is what it is.
converter.register_structure_hook(str | int | float | bool | None, lambda value, _: value)
tagged(converter, Step, dict(STEPS))


def with_editions() -> Select[Any]:
    """Each with the edition that is in force."""
    return select(
        pipelines,
        pipeline_editions.c.number,
        pipeline_editions.c.definition,
        pipeline_editions.c.made_at,
    ).join(
        pipeline_editions,
        (pipeline_editions.c.organization_id == pipelines.c.organization_id)
        & (pipeline_editions.c.pipeline_id == pipelines.c.id)
        & (pipeline_editions.c.number == pipelines.c.edition),
    )


def edition_of(row: Row[Any]) -> Edition:
    return Edition(
        number=row.number,
        definition=converter.structure(row.definition, Definition),
        made_at=row.made_at,
    )


def pipeline_of(row: Row[Any]) -> Pipeline:
    """Of a row with its edition."""
    return Pipeline(
        id=row.id,
        name=row.name,
        target=ImportTarget(row.target),
        edition=edition_of(row),
        source_id=row.source_id,
        event_kind=row.event_kind,
        policy=converter.structure(row.policy, Policy),
        schedule=None if row.schedule is None else converter.structure(row.schedule, CronSchedule),
        next_run_at=row.next_run_at,
        later=row.later,
        state=PipelineState(row.state),
        version=row.version,
    )


def run_columns(run: Run) -> dict[str, Any]:
    return {
        "pipeline_id": run.pipeline_id,
        "edition": run.edition,
        "kind": run.kind.value,
        "state": run.state.value,
        "parent_id": run.parent_id,
        "span": None if run.range is None else converter.unstructure(run.range),
        "whole": run.whole,
        "cursor": None if run.cursor is None else dict(run.cursor),
        "later": None if run.later is None else dict(run.later),
        "pages": run.pages,
        **attrs.asdict(run.counts),
        "known_before": run.known_before,
        "lease": run.lease,
        "leased_until": run.leased_until,
        "attempts": run.attempts,
        "retry_at": run.retry_at,
        "reason": run.reason,
        "queued_at": run.queued_at,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
    }


def run_of(row: Row[Any]) -> Run:
    return Run(
        id=row.id,
        pipeline_id=row.pipeline_id,
        edition=row.edition,
        kind=RunKind(row.kind),
        state=PipelineRunState(row.state),
        queued_at=row.queued_at,
        parent_id=row.parent_id,
        range=None if row.span is None else converter.structure(row.span, Range),
        whole=row.whole,
        cursor=row.cursor,
        later=row.later,
        pages=row.pages,
        counts=Counts(**{name: getattr(row, name) for name in COUNTS}),
        known_before=row.known_before,
        lease=row.lease,
        leased_until=row.leased_until,
        attempts=row.attempts,
        retry_at=row.retry_at,
        reason=row.reason,
        started_at=row.started_at,
        ended_at=row.ended_at,
        version=row.version,
    )
