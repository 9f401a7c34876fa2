"""What a worker tells of how everything stands."""

import asyncio
import logging

import attrs

from application.documentation.crawls_here import CrawlsHere
from application.kernel.backups import Drills
from application.kernel.certificates import Certificates
from application.kernel.figures import Figures
from application.kernel.jobs import JobEngine
from application.kernel.ports import Clock
from application.kernel.standing import SelfChecks, Standings
from application.kernel.told_figures import (
    BACKUP_MADE,
    BACKUP_TRIED,
    BROKEN,
    CALLS,
    CERTIFICATE_ENDS,
    CHECKED_AT,
    CLOCK_DIFFERENCE,
    CRAWLS_QUIET_AGE,
    ESCALATIONS,
    EVENTS_UNHEARD,
    EVENTS_WAITING,
    EVENTS_WAITING_AGE,
    HEARTBEAT,
    JOBS_DEAD,
    JOBS_PUT_OFF,
    JOBS_WAITING,
    NUMBERS_USED,
    OVERDUE_HOLDS_AGE,
    REPLICA_BEHIND,
    SCHEDULES_LATE,
    SCHEMA,
    TRANSACTION_AGE,
    UNRESOLVED_AGE,
    UNRESOLVED_PAYMENTS,
)

MOST_FAILED = 1000

logger = logging.getLogger(__name__)


@attrs.frozen(kw_only=True)
class StockIsTaken:
    standings: Standings
    crawls: CrawlsHere
    engine: JobEngine
    figures: Figures
    clock: Clock

    async def __call__(self) -> int:
        """Nothing that would have to be asked again at once."""
        standing, tell = await self.standings(), self.figures.set
        tell(EVENTS_WAITING, standing.events_waiting)
        tell(EVENTS_WAITING_AGE, standing.events_waiting_for.total_seconds())
        for subscriber, unheard in standing.unheard.items():
            tell(EVENTS_UNHEARD, unheard, subscriber)
        tell(JOBS_WAITING, standing.jobs_waiting)
        failed = await self.engine.dead(limit=MOST_FAILED)
        put_off = sum(job.again_at is not None for job in failed)
        tell(JOBS_DEAD, len(failed) - put_off)
        tell(JOBS_PUT_OFF, put_off)
        tell(UNRESOLVED_PAYMENTS, standing.unresolved_payments)
        tell(UNRESOLVED_AGE, standing.unresolved_for.total_seconds())
        tell(OVERDUE_HOLDS_AGE, standing.holds_overdue_for.total_seconds())
        for kind, late in standing.late_for.items():
            tell(SCHEDULES_LATE, late.total_seconds(), kind)
        tell(CRAWLS_QUIET_AGE, self.crawls.quiet_for().total_seconds())
        tell(CALLS, standing.calls_live)
        tell(ESCALATIONS, standing.escalations_open)
        tell(SCHEMA, standing.schema_is_current)
        tell(CLOCK_DIFFERENCE, standing.clocks_differ_by.total_seconds())
        tell(TRANSACTION_AGE, standing.vitals.longest_transaction.total_seconds())
        tell(NUMBERS_USED, standing.vitals.numbers_used)
        tell(REPLICA_BEHIND, standing.vitals.replica_behind.total_seconds())
        tell(HEARTBEAT, self.clock().timestamp())
        return 0


@attrs.frozen(kw_only=True)
class InvariantsAreChecked:
    checks: SelfChecks
    figures: Figures
    clock: Clock

    async def __call__(self) -> int:
        for name, findings in (await self.checks()).items():
            self.figures.set(BROKEN, findings, name)
        self.figures.set(CHECKED_AT, self.clock().timestamp())
        return 0


@attrs.frozen(kw_only=True)
class BackupsAreLookedAt:
    drills: Drills
    figures: Figures

    async def __call__(self) -> int:
        told = await asyncio.to_thread(self.drills)
        for gauge, moment in ((BACKUP_MADE, told.made_at), (BACKUP_TRIED, told.drilled_at)):
            self.figures.set(gauge, moment.timestamp() if moment else 0)
        return 0


@attrs.frozen(kw_only=True)
class CertificateIsLookedAt:
    """From here perhaps nobody reaches our public address: what was known before stays then."""

    certificates: Certificates
    figures: Figures

    async def __call__(self) -> int:
        try:
            ends_at = await asyncio.to_thread(self.certificates.ends_at)
        except OSError as error:
            logger.warning("no certificate is shown at FRONTDESK_PUBLIC_URL: %s", error)
            return 0
        if ends_at is not None:
            self.figures.set(CERTIFICATE_ENDS, ends_at.timestamp())
        return 0
