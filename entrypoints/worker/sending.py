"""What tells people something when that is due."""

from collections.abc import Sequence
from typing import Any

from application.analytics.run_schedules import RunDueSchedules
from application.identity.tell_denials import TellDenials
from entrypoints.wiring.container import Container
from entrypoints.worker.loops import Task
from entrypoints.worker.rota import Rota


def sending(container: Container, rota: Rota) -> Sequence[Task]:
    times = container.schedules.times()
    schedules: Any = container.reports.schedules
    return (
        rota.task(
            "send reports",
            every=times.send_reports_every,
            due=schedules.due(),
            command=lambda actor, limit: RunDueSchedules(actor=actor, limit=limit),
            do=schedules.run_due(),
        ),
        rota.task(
            "tell denials",
            every=times.tell_denials_every,
            due=container.people.denials.views(),
            command=lambda actor, limit: TellDenials(actor=actor, limit=limit),
            do=container.people.denials.tell(),
        ),
    )
