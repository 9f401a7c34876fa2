"""What a worker does so that others see how everything stands."""

from collections.abc import Sequence

from application.kernel.figures import UNTOLD
from entrypoints.wiring.backups import drills_in
from entrypoints.wiring.certificates import certificates_of
from entrypoints.wiring.container import Container
from entrypoints.wiring.schedules import Times
from entrypoints.wiring.standing import self_checks_of, standings_of
from entrypoints.worker.loops import Task
from entrypoints.worker.stock import (
    BackupsAreLookedAt,
    CertificateIsLookedAt,
    InvariantsAreChecked,
    StockIsTaken,
)


def stock_taking(container: Container, times: Times) -> Sequence[Task]:
    """Nothing, where nobody wants to know."""
    figures, clock = container.telemetry.figures(), container.clock()
    if figures is UNTOLD:
        return ()
    stock = StockIsTaken(
        standings=standings_of(container),
        crawls=container.crawling.crawls_here(),
        engine=container.jobs.engine(),
        figures=figures,
        clock=clock,
    )
    checked = InvariantsAreChecked(checks=self_checks_of(container), figures=figures, clock=clock)
    certificate = CertificateIsLookedAt(
        certificates=certificates_of(container.settings()), figures=figures
    )
    return (
        *_backups(container, times),
        Task(name="take stock", every=times.take_stock_every.total_seconds(), work=stock),
        Task(
            name="check invariants",
            every=times.check_invariants_every.total_seconds(),
            work=checked,
        ),
        Task(
            name="look at the certificate",
            every=times.look_at_certificate_every.total_seconds(),
            work=certificate,
        ),
    )


def _backups(container: Container, times: Times) -> Sequence[Task]:
    within = container.settings().backups
    if within is None:
        return ()
    work = BackupsAreLookedAt(drills=drills_in(within), figures=container.telemetry.figures())
    return (Task(name="look at backups", every=times.take_stock_every.total_seconds(), work=work),)
