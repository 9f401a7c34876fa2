"""What is due by the clock about money, and how often it is looked for."""

from collections.abc import Sequence
from typing import Any

from application.analytics.sum_up_books import SumUpBooks
from application.bookings.chase_instalments import ChaseInstalments
from application.payments.ask_about_silent import AskAboutSilent
from application.payments.lapse_gift_credit import LapseGiftCredit
from application.payments.reconcile_yesterday import ReconcileYesterday
from entrypoints.wiring.container import Container
from entrypoints.worker.loops import Task
from entrypoints.worker.rota import Rota


def tasks_of_payments(container: Container, rota: Rota) -> Sequence[Task]:
    times = container.schedules.times()
    rules: Any = container.payments.rules
    return (
        rota.task(
            "ask about silent payments",
            every=times.ask_every,
            due=container.payments.silent(),
            command=lambda actor, limit: AskAboutSilent(actor=actor, limit=limit),
            do=container.payments.ask_about_silent(),
        ),
        rota.task(
            "chase instalments",
            every=times.chase_every,
            due=rules.due_instalments(),
            command=lambda actor, limit: ChaseInstalments(actor=actor, limit=limit),
            do=rules.chase_instalments(),
        ),
        rota.task(
            "reconcile payments",
            every=times.reconcile_every,
            due=container.payments.unreconciled(),
            command=lambda actor, _: ReconcileYesterday(actor=actor),
            do=container.payments.reconcile_yesterday(),
        ),
        rota.task(
            "lapse gift credit",
            every=times.forget_every,
            due=rules.expired_gift_credit(),
            command=lambda actor, limit: LapseGiftCredit(actor=actor, limit=limit),
            do=rules.lapse_gift_credit(),
        ),
        rota.task(
            "sum up books",
            every=times.sum_up_books_every,
            due=container.analytics.booking_figures.unsummed_books(),
            command=lambda actor, limit: SumUpBooks(actor=actor, limit=limit),
            do=container.analytics.booking_figures.sum_up_books(),
        ),
    )
