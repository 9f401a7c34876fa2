"""What is of no use to anybody any more is forgotten."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import attrs

from application.identity.ports import IdentityViews
from application.kernel.jobs import JobEngine
from application.kernel.ports import Clock
from application.kernel.retention import AccessRetention, Retention
from application.notifications.notice_ports import NoticeRetention
from domain.kernel.actors import Actor
from entrypoints.wiring.container import Container
from entrypoints.worker.guard import Guard
from entrypoints.worker.histories import HistoriesAreForgotten
from entrypoints.worker.loops import Task
from entrypoints.worker.rota import BATCH, in_batches


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
        return await in_batches(lambda: forget(actor, before=before, limit=BATCH))

    async def _forget_quotes(self, actor: Actor) -> int:
        forget = self.retention.forget_quotes
        before = self.clock() - self.quotes_kept_for
        return await in_batches(lambda: forget(actor, before=before, limit=BATCH))

    async def _forget_questions(self, actor: Actor) -> int:
        forget = self.retention.forget_questions
        before = (self.clock() - self.questions_kept_for).date()
        return await in_batches(lambda: forget(actor, before=before, limit=BATCH))

    async def _forget_exports(self, actor: Actor) -> int:
        now, forget = self.clock(), self.retention.forget_exports
        return await in_batches(lambda: forget(actor, before=now, limit=BATCH))

    async def _forget_tries(self) -> int:
        before = self.clock() - self.tries_kept_for
        return await in_batches(lambda: self.access.forget_tries(before=before, limit=BATCH))

    async def _forget_sessions(self, actor: Actor) -> int:
        now, forget = self.clock(), self.access.forget_sessions
        unseen_since = now - self.sessions_idle_for
        return await in_batches(
            lambda: forget(actor, before=now, unseen_since=unseen_since, limit=BATCH)
        )

    async def _forget_links(self, actor: Actor) -> int:
        now, forget = self.clock(), self.access.forget_links
        return await in_batches(lambda: forget(actor, before=now, limit=BATCH))

    async def _forget_notices(self, actor: Actor) -> int:
        now, forget = self.clock(), self.notices.forget_notices
        read_before, given_before = now - self.read_notices_kept_for, now - self.notices_kept_for
        return await in_batches(
            lambda: forget(actor, read_before=read_before, given_before=given_before, limit=BATCH)
        )


def forgetting(container: Container, guard: Guard) -> Sequence[Task]:
    every = container.schedules.times().forget_every.total_seconds()
    histories = HistoriesAreForgotten(
        organizations=container.identity.views(),
        settings=container.identity.business_settings(),
        retention=container.schedules.history_retention(),
        clock=container.clock(),
        guard=guard,
    )
    return (
        Task(name="forget", every=every, work=_old_things(container, guard)),
        Task(name="forget histories", every=every, work=histories),
    )


def _old_things(container: Container, guard: Guard) -> OldThingsAreForgotten:
    times, settings = container.schedules.times(), container.settings()
    notices: Any = container.notifications.in_program
    return OldThingsAreForgotten(
        organizations=container.identity.views(),
        retention=container.schedules.retention(),
        access=container.schedules.access_retention(),
        notices=notices.retention(),
        engine=container.jobs.engine(),
        clock=container.clock(),
        guard=guard,
        answers_kept_for=times.answers_kept_for,
        quotes_kept_for=times.quotes_kept_for,
        questions_kept_for=settings.questions_kept_for,
        jobs_kept_for=times.jobs_kept_for,
        tries_kept_for=times.tries_kept_for,
        sessions_idle_for=settings.session_limits.idle,
        read_notices_kept_for=times.read_notices_kept_for,
        notices_kept_for=times.notices_kept_for,
    )
