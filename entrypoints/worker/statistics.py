"""What the database chooses its ways by."""

from collections.abc import Sequence

from entrypoints.wiring.container import Container
from entrypoints.worker.loops import Task


def taking_statistics(container: Container) -> Sequence[Task]:
    """PostgreSQL sees to that itself."""
    if not container.settings().on_sqlite:
        return ()
    every = container.schedules.times().take_statistics_every.total_seconds()
    work = container.schedules.sqlite_statistics()
    return (Task(name="take statistics", every=every, work=work),)
