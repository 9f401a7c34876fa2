"""What came of reading a data source, kept with what came of asking whether it is there."""

from datetime import datetime, timedelta

from application.kernel.ports import NewId
from application.pipelines.pipeline_ports import PipelineWork
from domain.pipelines.attempts import LATEST, Asked, Attempt, health_of
from domain.pipelines.pipeline import Pipeline
from domain.pipelines.runs import Run, RunKind


def note_sync(
    work: PipelineWork, run: Run, reason: str | None, *, new_id: NewId, now: datetime
) -> None:
    """`reason` is why no more is read of it for now, None if it came to its end.

    What waits in quarantine, or was posted, asks no source.
    """
    pipeline: Pipeline = work.pipelines.get(run.pipeline_id)
    if pipeline.source_id is None or run.kind is RunKind.REPLAY:
        return
    took = now - (run.started_at or now)
    attempt = Attempt(
        id=new_id(),
        data_source_id=pipeline.source_id,
        asked=Asked.SYNC,
        at=now,
        milliseconds=min(max(0, took // timedelta(milliseconds=1)), LONGEST),
        records=run.counts.read,
        reason=reason,
    )
    work.attempts.add(attempt)
    source = work.data_sources.get(pipeline.source_id)
    health = health_of(work.attempts.latest(source.id, limit=LATEST))
    if health is not source.health:
        work.data_sources.save(source.asked(health=health, now=now))


LONGEST = 2**31 - 1
"""Milliseconds, of which a run that was held for a month may have more."""
