"""Identity views that remember, for seconds, whose key it was."""

from asyncio import Task, create_task, shield
from collections.abc import Sequence
from datetime import timedelta

import attrs
from aiocache import SimpleMemoryCache  # type: ignore[import-untyped]

from application.identity.ports import IdentityViews
from domain.identity.api_keys import ApiKey
from domain.identity.organizations import Organization

MOST = 10_000


def _memory() -> SimpleMemoryCache:
    return SimpleMemoryCache(timeout=None)  # else every look is a task with a timer


@attrs.frozen(kw_only=True)
class CachedIdentityViews(IdentityViews):
    """A key that is revoked works for at most `keep_for` longer, in every process.

    Whoever asks for a digest while that question is already under way shares its answer. Only
    keys that exist are kept, and no more than `most` of them, so guessing fills no memory; when
    there is no room, the question is asked as if nothing were kept.

    Belongs to one event loop, whose clock forgets the keys: with another loop they would stay.
    """

    views: IdentityViews
    # The library takes a time of zero for eternity.
    keep_for: timedelta = attrs.field(validator=attrs.validators.gt(timedelta()))
    most: int = MOST
    _kept: SimpleMemoryCache = attrs.field(factory=_memory, init=False)
    _asking: dict[bytes, Task[ApiKey | None]] = attrs.field(factory=dict, init=False)

    async def key_with(self, digest: bytes) -> ApiKey | None:
        kept: ApiKey | None = await self._kept.get(digest)
        if kept is not None:
            return kept
        asking = self._asking.get(digest)
        if asking is None:
            # A task of its own: whoever asked first may go away without taking the answer along.
            asking = self._asking[digest] = create_task(self._ask(digest))
        return await shield(asking)

    async def organizations(self) -> Sequence[Organization]:
        return await self.views.organizations()

    async def api_keys(self) -> Sequence[ApiKey]:
        return await self.views.api_keys()

    async def _ask(self, digest: bytes) -> ApiKey | None:
        try:
            api_key = await self.views.key_with(digest)
            if api_key is not None and await self._kept.raw("__len__") < self.most:
                await self._kept.set(digest, api_key, ttl=self.keep_for.total_seconds())
            return api_key
        finally:
            del self._asking[digest]
