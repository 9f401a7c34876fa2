"""What reads or brings something in from elsewhere when that is due."""

from collections.abc import Sequence
from typing import Any

from application.bookings.channels_come_due import ChannelsComeDue
from application.documentation.read_on_schedule import ReadOnSchedule
from application.pipelines.run_on_schedule import RunOnSchedule
from application.pipelines.sources_come_due import SourcesComeDue
from entrypoints.wiring.container import Container
from entrypoints.worker.loops import Task
from entrypoints.worker.rota import Rota


def bringing_in(container: Container, rota: Rota) -> Sequence[Task]:
    times = container.schedules.times()
    sources: Any = container.pipelines.sources
    runs: Any = container.pipelines.runs
    channels: Any = container.pipelines.channels
    return (
        rota.task(
            "read sites on schedule",
            every=times.read_every,
            due=container.crawling.due_sites(),
            command=lambda actor, limit: ReadOnSchedule(actor=actor, limit=limit),
            do=container.crawling.read_on_schedule(),
        ),
        rota.task(
            "sync channels on schedule",
            every=times.read_every,
            due=channels.due(),
            command=lambda actor, limit: ChannelsComeDue(actor=actor, limit=limit),
            do=channels.channels_come_due(),
        ),
        rota.task(
            "data sources come due",
            every=times.read_every,
            due=sources.due(),
            command=lambda actor, limit: SourcesComeDue(actor=actor, limit=limit),
            do=sources.sources_come_due(),
        ),
        rota.task(
            "run pipelines on schedule",
            every=times.run_every,
            due=runs.due(),
            command=lambda actor, limit: RunOnSchedule(actor=actor, limit=limit),
            do=runs.run_on_schedule(),
        ),
    )
