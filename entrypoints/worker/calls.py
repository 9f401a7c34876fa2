"""What is due by the clock about calls, and how often it is looked for."""

from collections.abc import Callable
from typing import Any

from application.calls.keep_time import KeepTime
from application.calls.lapse_recordings import LapseRecordings
from application.calls.order_desk_numbers import SettleNumberOrders
from application.calls.reconcile_calls import ReconcileCalls
from application.calls.watch_calls import WatchCalls
from entrypoints.wiring.container import Container
from entrypoints.worker.loops import Task


def tasks_of_calls(container: Container, due_is_done: Callable[..., Any]) -> tuple[Task, ...]:
    times = container.schedules.times()
    recordings: Any = container.calls.recordings
    numbers: Any = container.calls.numbers
    keeping_time = due_is_done(
        name="keep the time of escalations",
        due=container.escalations.time_to_keep(),
        command=lambda actor, limit: KeepTime(actor=actor, limit=limit),
        do=container.escalations.keep_time(),
    )
    watching = due_is_done(
        name="watch calls",
        due=container.telephony.stuck_calls(),
        command=lambda actor, limit: WatchCalls(actor=actor, limit=limit),
        do=container.telephony.watch_calls(),
    )
    reconciling = due_is_done(
        name="reconcile calls",
        due=container.telephony.open_calls(),
        command=lambda actor, _: ReconcileCalls(actor=actor),
        do=container.telephony.reconcile_calls(),
    )
    lapsing = due_is_done(
        name="lapse recordings",
        due=recordings.old(),
        command=lambda actor, limit: LapseRecordings(actor=actor, limit=limit),
        do=recordings.lapse(),
    )
    settling = due_is_done(
        name="settle orders of telephone numbers",
        due=numbers.orders(),
        command=lambda actor, limit: SettleNumberOrders(actor=actor, limit=limit),
        do=numbers.settle_orders(),
    )
    return tuple(
        Task(name=work.name, every=every.total_seconds(), work=work)
        for work, every in (
            (keeping_time, times.expire_every),
            (watching, times.watch_calls_every),
            (reconciling, times.reconcile_calls_every),
            (settling, times.reconcile_calls_every),
            (lapsing, times.lapse_recordings_every),
        )
    )
