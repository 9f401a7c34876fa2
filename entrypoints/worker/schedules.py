"""What is due by the clock, for every organization; several workers at it do no harm."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Generic, Protocol, TypeVar

import attrs

from application.identity.ports import IdentityViews
from application.kernel.jobs import JobEngine
from application.kernel.ports import Clock, UseCase
from application.kernel.retention import AccessRetention, Retention
from application.kernel.tracing import Continuing
from application.notifications.notice_ports import NoticeRetention
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId
from entrypoints.worker.guard import Guard

BATCH = 1000


Command = TypeVar("Command")


class Due(Protocol):
    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        """Those in which something has come to its time."""
        ...


@attrs.frozen(kw_only=True)
class DueIsDone(Generic[Command]):
    """`command` is given the actor and the most that one go may take."""

    name: str
    due: Due
    command: Callable[[Actor, int], Command]
    do: UseCase[Command, int]
    clock: Clock
    guard: Guard
    continuing: Continuing

    async def __call__(self) -> int:
        """How much was due and is done."""
        done = 0
        for organization_id in await self.due.organizations(now=self.clock()):
            work = partial(self._done, organization_id)
            with self.continuing(self.name, None):  # nobody asked for it: it begins a trace
                done += await self.guard(self.name, work, organization_id=organization_id)
        return done

    async def _done(self, organization_id: OrganizationId) -> int:
        command = self.command(Actor.system(organization_id), BATCH)
        return await _in_batches(lambda: self.do(command))


@attrs.frozen(kw_only=True)
class OldThingsAreForgotten:
    organizations: IdentityViews
    retention: Retention
    access: AccessRetention
    notices: NoticeRetention
    engine: JobEngine
    clock: Clock
    guard: Guard
    answers_kept_for: timedelta
    quotes_kept_for: timedelta
    questions_kept_for: timedelta
    jobs_kept_for: timedelta
    tries_kept_for: timedelta
    sessions_idle_for: timedelta
    read_notices_kept_for: timedelta
    notices_kept_for: timedelta

    async def __call__(self) -> int:
        """How much was forgotten."""
        forgotten = await self.guard("forget finished jobs", self._forget_jobs)
        forgotten += await self.guard("forget tries", self._forget_tries)
        for organization in await self.organizations.organizations():
            actor = Actor.system(organization.id)
            for name, forget in (
                ("forget answers", partial(self._forget_answers, actor)),
                ("forget quotes", partial(self._forget_quotes, actor)),
                ("forget questions", partial(self._forget_questions, actor)),
                ("forget exports", partial(self._forget_exports, actor)),
                ("forget sessions", partial(self._forget_sessions, actor)),
                ("forget links", partial(self._forget_links, actor)),
                ("forget notices", partial(self._forget_notices, actor)),
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

    async def _forget_questions(self, actor: Actor) -> int:
        forget = self.retention.forget_questions
        before = (self.clock() - self.questions_kept_for).date()
        return await _in_batches(lambda: forget(actor, before=before, limit=BATCH))

    async def _forget_exports(self, actor: Actor) -> int:
        now, forget = self.clock(), self.retention.forget_exports
        return await _in_batches(lambda: forget(actor, before=now, limit=BATCH))

    async def _forget_tries(self) -> int:
        before = self.clock() - self.tries_kept_for
        return await _in_batches(lambda: self.access.forget_tries(before=before, limit=BATCH))

    async def _forget_sessions(self, actor: Actor) -> int:
        now, forget = self.clock(), self.access.forget_sessions
        unseen_since = now - self.sessions_idle_for
        return await _in_batches(
            lambda: forget(actor, before=now, unseen_since=unseen_since, limit=BATCH)
        )

    async def _forget_links(self, actor: Actor) -> int:
        now, forget = self.clock(), self.access.forget_links
        return await _in_batches(lambda: forget(actor, before=now, limit=BATCH))

    async def _forget_notices(self, actor: Actor) -> int:
        now, forget = self.clock(), self.notices.forget_notices
        read_before, given_before = now - self.read_notices_kept_for, now - self.notices_kept_for
        return await _in_batches(
            lambda: forget(actor, read_before=read_before, given_before=given_before, limit=BATCH)
        )


async def _in_batches(work: Callable[[], Awaitable[int]]) -> int:
    """Until there is less of it than a batch."""
    total = done = await work()
    while done == BATCH:
        done = await work()
        total += done
    return total
