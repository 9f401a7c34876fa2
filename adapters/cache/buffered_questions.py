"""What was asked, gathered for some seconds and written together, far from any search."""

import asyncio
import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import attrs

from application.documentation.asking import Asking
from application.documentation.feedback_ports import FeedbackWork
from application.kernel.ports import UnitOfWork
from application.kernel.refusals import TEMPORARY
from domain.documentation.asked import Asked
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId

logger = logging.getLogger(__name__)

Noted = dict[tuple[OrganizationId, date, str], Asked]


@attrs.define(eq=False, kw_only=True)
class BufferedQuestions(Asking):
    """Of more than `most` different ones within one pause, the others are not counted."""

    unit_of_work: UnitOfWork[FeedbackWork]
    pause: timedelta = timedelta(seconds=5)
    most: int = 10_000
    _noted: Noted = attrs.field(factory=dict, init=False)
    _task: asyncio.Task[None] | None = attrs.field(default=None, init=False)

    def note(self, actor: Actor, words: str, *, found: int, at: datetime) -> None:
        asked = Asked.once(words, day=at.date(), found=found)
        key = (actor.organization_id, asked.day, words)
        before = self._noted.get(key)
        if before is None and len(self._noted) >= self.most:
            return
        self._noted[key] = asked if before is None else before.then(asked)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write_later(), name="questions")

    async def write(self) -> None:
        """What has been noted, now."""
        noted, self._noted = self._noted, {}
        for organization_id in sorted({organization_id for organization_id, _, _ in noted}):
            theirs = (asked for key, asked in noted.items() if key[0] == organization_id)
            await self._write_one(organization_id, theirs)

    async def close(self) -> None:
        """Writes what is left, for instance before the database closes."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await self.write()

    async def _write_later(self) -> None:
        await asyncio.sleep(self.pause.total_seconds())
        await self.write()

    async def _write_one(self, organization_id: OrganizationId, asked: Iterable[Asked]) -> None:
        counted = list(asked)
        try:
            await self.unit_of_work(
                Actor.system(organization_id), lambda work: work.questions.count(counted)
            )
        except TEMPORARY as refusal:
            logger.warning("what was asked was not counted: %s", refusal.code)
