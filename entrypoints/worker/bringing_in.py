"""What brings records in when that is due."""

from typing import Any

from application.bookings.channels_come_due import ChannelsComeDue
from application.pipelines.run_on_schedule import RunOnSchedule
from application.pipelines.sources_come_due import SourcesComeDue
from entrypoints.wiring.container import Container
from entrypoints.worker.loops import Task


def bringing_in(container: Container, due_is_done: Any) -> tuple[Task, ...]:
    times: Any = container.schedules.times()
    sources: Any = container.pipelines.sources
    runs: Any = container.pipelines.runs
    coming_due = due_is_done(
        name="data sources come due",
        due=sources.due(),
        command=lambda actor, limit: SourcesComeDue(actor=actor, limit=limit),
        do=sources.sources_come_due(),
    )
    running = due_is_done(
        name="run pipelines on schedule",
        due=runs.due(),
        command=lambda actor, limit: RunOnSchedule(actor=actor, limit=limit),
        do=runs.run_on_schedule(),
    )
    channels: Any = container.pipelines.channels
    syncing = due_is_done(
        name="sync channels on schedule",
        due=channels.due(),
        command=lambda actor, limit: ChannelsComeDue(actor=actor, limit=limit),
        do=channels.channels_come_due(),
    )
    return (
        Task(
            name="sync channels on schedule", every=times.read_every.total_seconds(), work=syncing
        ),
        Task(
            name="data sources come due", every=times.read_every.total_seconds(), work=coming_due
        ),
        Task(
            name="run pipelines on schedule", every=times.run_every.total_seconds(), work=running
        ),
    )
