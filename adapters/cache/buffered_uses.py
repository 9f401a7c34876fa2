"""Uses of keys, gathered for some seconds and written together, far from any request."""

import asyncio
import logging
from datetime import datetime, timedelta

import attrs

from application.identity.ports import IdentityWork
from application.identity.uses import Uses
from application.kernel.ports import UnitOfWork
from application.kernel.refusals import TEMPORARY
from domain.identity.api_keys import ApiKey
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ApiKeyId, OrganizationId

logger = logging.getLogger(__name__)

MINUTE = timedelta(minutes=1)
MOST = 10_000

Noted = dict[OrganizationId, dict[ApiKeyId, datetime]]


@attrs.define(eq=False, kw_only=True)
class BufferedUses(Uses):
    """A key is written at most once a minute, together with all others that were used."""

    unit_of_work: UnitOfWork[IdentityWork]
    pause: timedelta = timedelta(seconds=5)
    _written: dict[ApiKeyId, datetime] = attrs.field(factory=dict, init=False)
    _noted: Noted = attrs.field(factory=dict, init=False)
    _task: asyncio.Task[None] | None = attrs.field(default=None, init=False)

    def note(self, api_key: ApiKey, *, at: datetime) -> None:
        written = self._written.get(api_key.id)
        if written is not None and at - written < MINUTE:
            return
        if len(self._written) >= MOST:
            self._written.clear()  # the database skips what was written within the minute
        self._written[api_key.id] = at
        self._noted.setdefault(api_key.organization_id, {})[api_key.id] = at
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write_later(), name="uses of keys")

    async def write(self) -> None:
        """What has been noted, now."""
        noted, self._noted = self._noted, {}
        for organization_id, uses in noted.items():
            await self._write_one(organization_id, uses)

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

    async def _write_one(
        self, organization_id: OrganizationId, uses: dict[ApiKeyId, datetime]
    ) -> None:
        def write(work: IdentityWork) -> None:
            for api_key_id in sorted(uses):  # in one order, or two processes could deadlock
                work.api_keys.used(api_key_id, uses[api_key_id])

        try:
            await self.unit_of_work(Actor.system(organization_id), write)
        except TEMPORARY as refusal:
            logger.warning("uses of keys were not written: %s", refusal.code)
