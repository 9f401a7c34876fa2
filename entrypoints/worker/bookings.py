"""What is due by the clock about bookings and what they take, and how often it is looked for."""

from collections.abc import Sequence

from application.bookings.complete_ended import CompleteEnded
from application.bookings.expire_holds import ExpireHolds
from application.bookings.lapse_waiting import LapseWaiting
from application.bookings.release_due_blocks import ReleaseDueBlocks
from application.inventory.expire_intents import ExpireIntents
from entrypoints.wiring.container import Container
from entrypoints.worker.findable import ResourcesBecomeFindable
from entrypoints.worker.guard import Guard
from entrypoints.worker.loops import Task
from entrypoints.worker.rota import Rota


def tasks_of_bookings(container: Container, rota: Rota) -> Sequence[Task]:
    times = container.schedules.times()
    return (
        rota.task(
            "expire holds",
            every=times.expire_every,
            due=container.schedules.overdue_holds(),
            command=lambda actor, limit: ExpireHolds(actor=actor, limit=limit),
            do=container.bookings.expire_holds(),
        ),
        rota.task(
            "expire intents",
            every=times.expire_every,
            due=container.inventory.expired_intents(),
            command=lambda actor, limit: ExpireIntents(actor=actor, limit=limit),
            do=container.inventory.expire_intents(),
        ),
        rota.task(
            "complete bookings",
            every=times.complete_every,
            due=container.schedules.ended_bookings(),
            command=lambda actor, limit: CompleteEnded(actor=actor, limit=limit),
            do=container.booking_life.complete_ended(),
        ),
        rota.task(
            "lapse waiting",
            every=times.lapse_every,
            due=container.schedules.due_waiting(),
            command=lambda actor, limit: LapseWaiting(actor=actor, limit=limit),
            do=container.waiting.lapse_waiting(),
        ),
        rota.task(
            "release blocks",
            every=times.release_every,
            due=container.blocks.due(),
            command=lambda actor, limit: ReleaseDueBlocks(actor=actor, limit=limit),
            do=container.blocks.release_due_blocks(),
        ),
    )


def making_findable(container: Container, guard: Guard) -> Task:
    work = ResourcesBecomeFindable(
        unfindable=container.inventory.unfindable(),
        make_findable=container.inventory.make_findable(),
        guard=guard,
    )
    every = container.schedules.times().make_findable_every
    return Task(name="make findable", every=every.total_seconds(), work=work)
