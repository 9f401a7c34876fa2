"""What is due by the clock, for every organization; several workers at it do no harm."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import attrs

from application.bookings.block_views import DueBlocks
from application.bookings.complete_ended import CompleteEnded
from application.bookings.expire_holds import ExpireHolds
from application.bookings.lapse_waiting import LapseWaiting
from application.bookings.release_due_blocks import ReleaseDueBlocks
from application.bookings.views import DueWaiting, EndedBookings, OverdueHolds
from application.identity.ports import IdentityViews
from application.inventory.expire_intents import ExpireIntents
from application.inventory.live_ports import ExpiredIntents
from application.kernel.jobs import JobEngine
from application.kernel.ports import Clock, UseCase
from application.kernel.retention import Retention
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId
from entrypoints.worker.guard import Guard

BATCH = 1000


@attrs.frozen(kw_only=True)
class OverdueHoldsExpire:
    overdue: OverdueHolds
    expire_holds: UseCase[ExpireHolds, int]
    clock: Clock
    guard: Guard

    async def __call__(self) -> int:
        """How many holds expired."""
        expired = 0
        for organization_id in await self.overdue.organizations(now=self.clock()):
            expire = partial(self._expire, organization_id)
            expired += await self.guard("expire holds", expire, organization_id=organization_id)
        return expired

    async def _expire(self, organization_id: OrganizationId) -> int:
        command = ExpireHolds(actor=Actor.system(organization_id), limit=BATCH)
        return await _in_batches(lambda: self.expire_holds(command))


@attrs.frozen(kw_only=True)
class EndedBookingsComplete:
    ended: EndedBookings
    complete_ended: UseCase[CompleteEnded, int]
    clock: Clock
    guard: Guard

    async def __call__(self) -> int:
        """How many bookings were completed."""
        completed = 0
        for organization_id in await self.ended.organizations(now=self.clock()):
            complete = partial(self._complete, organization_id)
            name = "complete bookings"
            completed += await self.guard(name, complete, organization_id=organization_id)
        return completed

    async def _complete(self, organization_id: OrganizationId) -> int:
        command = CompleteEnded(actor=Actor.system(organization_id), limit=BATCH)
        return await _in_batches(lambda: self.complete_ended(command))


@attrs.frozen(kw_only=True)
class LapsedIntentsExpire:
    lapsed: ExpiredIntents
    expire_intents: UseCase[ExpireIntents, int]
    clock: Clock
    guard: Guard

    async def __call__(self) -> int:
        """How many intents expired."""
        expired = 0
        for organization_id in await self.lapsed.organizations(now=self.clock()):
            expire = partial(self._expire, organization_id)
            expired += await self.guard("expire intents", expire, organization_id=organization_id)
        return expired

    async def _expire(self, organization_id: OrganizationId) -> int:
        command = ExpireIntents(actor=Actor.system(organization_id), limit=BATCH)
        return await _in_batches(lambda: self.expire_intents(command))


@attrs.frozen(kw_only=True)
class WaitingLapses:
    due: DueWaiting
    lapse_waiting: UseCase[LapseWaiting, int]
    clock: Clock
    guard: Guard

    async def __call__(self) -> int:
        """How many parties wait no longer, or have nothing saved up for them any longer."""
        lapsed = 0
        for organization_id in await self.due.organizations(now=self.clock()):
            lapse = partial(self._lapse, organization_id)
            lapsed += await self.guard("lapse waiting", lapse, organization_id=organization_id)
        return lapsed

    async def _lapse(self, organization_id: OrganizationId) -> int:
        command = LapseWaiting(actor=Actor.system(organization_id), limit=BATCH)
        return await _in_batches(lambda: self.lapse_waiting(command))


@attrs.frozen(kw_only=True)
class DueBlocksAreReleased:
    due: DueBlocks
    release_due_blocks: UseCase[ReleaseDueBlocks, int]
    clock: Clock
    guard: Guard

    async def __call__(self) -> int:
        """How many blocks came to their release date."""
        released = 0
        for organization_id in await self.due.organizations(now=self.clock()):
            release = partial(self._release, organization_id)
            released += await self.guard(
                "release blocks", release, organization_id=organization_id
            )
        return released

    async def _release(self, organization_id: OrganizationId) -> int:
        command = ReleaseDueBlocks(actor=Actor.system(organization_id), limit=BATCH)
        return await _in_batches(lambda: self.release_due_blocks(command))


@attrs.frozen(kw_only=True)
class OldThingsAreForgotten:
    organizations: IdentityViews
    retention: Retention
    engine: JobEngine
    clock: Clock
    guard: Guard
    answers_kept_for: timedelta
    quotes_kept_for: timedelta
    jobs_kept_for: timedelta

    async def __call__(self) -> int:
        """How much was forgotten."""
        forgotten = await self.guard("forget finished jobs", self._forget_jobs)
        for organization in await self.organizations.organizations():
            actor = Actor.system(organization.id)
            for name, forget in (
                ("forget answers", partial(self._forget_answers, actor)),
                ("forget quotes", partial(self._forget_quotes, actor)),
            ):
                forgotten += await self.guard(name, forget, organization_id=organization.id)
        return forgotten

    async def _forget_jobs(self) -> int:
        return await self.engine.forget_finished(self.clock() - self.jobs_kept_for)

    async def _forget_answers(self, actor: Actor) -> int:
        forget = self.retention.forget_answers
        before = self.clock() - self.answers_kept_for
        return await _in_batches(lambda: forget(actor, before=before, limit=BATCH))

    async def _forget_quotes(self, actor: Actor) -> int:
        forget = self.retention.forget_quotes
        before = self.clock() - self.quotes_kept_for
        return await _in_batches(lambda: forget(actor, before=before, limit=BATCH))


async def _in_batches(work: Callable[[], Awaitable[int]]) -> int:
    """Until there is less of it than a batch."""
    total = done = await work()
    while done == BATCH:
        done = await work()
        total += done
    return total
