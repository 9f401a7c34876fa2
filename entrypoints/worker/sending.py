"""What sends reports when that is due."""

from typing import Any

from application.analytics.run_schedules import RunDueSchedules
from entrypoints.wiring.container import Container
from entrypoints.worker.loops import Task


def sending_reports(container: Container, due_is_done: Any) -> tuple[Task, ...]:
    times: Any = container.schedules.times()
    schedules: Any = container.reports.schedules
    sending = due_is_done(
        name="send reports",
        due=schedules.due(),
        command=lambda actor, limit: RunDueSchedules(actor=actor, limit=limit),
        do=schedules.run_due(),
    )
    every = times.send_reports_every.total_seconds()
    return (Task(name="send reports", every=every, work=sending),)
