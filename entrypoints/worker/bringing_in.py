"""What brings records in when that is due."""

from typing import Any

from application.pipelines.sources_come_due import SourcesComeDue
from entrypoints.wiring.container import Container
from entrypoints.worker.loops import Task


def bringing_in(container: Container, due_is_done: Any) -> tuple[Task, ...]:
    every = container.schedules.times().read_every.total_seconds()
    sources: Any = container.pipelines.sources
    coming_due = due_is_done(
        name="data sources come due",
        due=sources.due(),
        command=lambda actor, limit: SourcesComeDue(actor=actor, limit=limit),
        do=sources.sources_come_due(),
    )
    return (Task(name="data sources come due", every=every, work=coming_due),)
