"""What is due by the clock about calls, and how often it is looked for."""

from collections.abc import Sequence
from typing import Any

from application.calls.keep_time import KeepTime
from application.calls.lapse_recordings import LapseRecordings
from application.calls.order_desk_numbers import SettleNumberOrders
from application.calls.reconcile_calls import ReconcileCalls
from application.calls.watch_calls import WatchCalls
from entrypoints.wiring.container import Container
from entrypoints.worker.loops import Task
from entrypoints.worker.rota import Rota


def tasks_of_calls(container: Container, rota: Rota) -> Sequence[Task]:
    times = container.schedules.times()
    recordings: Any = container.calls.recordings
    numbers: Any = container.calls.numbers
    return (
        rota.task(
            "keep the time of escalations",
            every=times.expire_every,
            due=container.escalations.time_to_keep(),
            command=lambda actor, limit: KeepTime(actor=actor, limit=limit),
            do=container.escalations.keep_time(),
        ),
        rota.task(
            "watch calls",
            every=times.watch_calls_every,
            due=container.telephony.stuck_calls(),
            command=lambda actor, limit: WatchCalls(actor=actor, limit=limit),
            do=container.telephony.watch_calls(),
        ),
        rota.task(
            "reconcile calls",
            every=times.reconcile_calls_every,
            due=container.telephony.open_calls(),
            command=lambda actor, _: ReconcileCalls(actor=actor),
            do=container.telephony.reconcile_calls(),
        ),
        rota.task(
            "settle orders of telephone numbers",
            every=times.reconcile_calls_every,
            due=numbers.orders(),
            command=lambda actor, limit: SettleNumberOrders(actor=actor, limit=limit),
            do=numbers.settle_orders(),
        ),
        rota.task(
            "lapse recordings",
            every=times.lapse_recordings_every,
            due=recordings.old(),
            command=lambda actor, limit: LapseRecordings(actor=actor, limit=limit),
            do=recordings.lapse(),
        ),
    )
