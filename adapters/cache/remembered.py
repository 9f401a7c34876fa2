"""Who somebody is, by the digest of their secret: remembered for minutes, forgotten at once."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Generic, Protocol, TypeVar

import attrs
from aiocache import SimpleMemoryCache  # type: ignore[import-untyped]

from adapters.cache.access_leases import AccessLeases
from adapters.cache.shared_questions import SharedQuestions
from application.identity.ports import AsOf, IdentityViews, KeyViews
from application.kernel.figures import UNTOLD, Figures
from application.kernel.told_figures import LOOKUPS
from domain.identity.api_keys import ApiKey
from domain.kernel.identifiers import OrganizationId

MOST = 10_000


class Somebodys(Protocol):
    @property
    def organization_id(self) -> OrganizationId: ...


Credential = TypeVar("Credential", bound=Somebodys)


def _memory() -> SimpleMemoryCache:
    return SimpleMemoryCache(timeout=None)  # else every look is a task with a timer


@attrs.frozen(kw_only=True, eq=False)
class Remembered(Generic[Credential]):
    """What `ask` answers, for `keep_for` at the most, and only while nothing about it is changed.

    Whoever asks for a digest while that question is already under way shares its answer. Only
    what exists is kept, and no more than `most` of it, so guessing fills no memory; when there is
    no room, the question is asked as if nothing were kept.

    Belongs to one event loop, whose clock forgets: with another loop it would all stay.
    """

    ask: Callable[[bytes], Awaitable[AsOf[Credential] | None]]
    leases: AccessLeases
    # The library takes a time of zero for eternity.
    keep_for: timedelta = attrs.field(validator=attrs.validators.gt(timedelta()))
    most: int = MOST
    figures: Figures = UNTOLD
    _kept: SimpleMemoryCache = attrs.field(factory=_memory, init=False)
    _questions: SharedQuestions[bytes, Credential | None] = attrs.field(init=False)

    @_questions.default
    def _shared(self) -> SharedQuestions[bytes, Credential | None]:
        young = self.leases.length.total_seconds()
        return SharedQuestions(ask=self._look, seconds=self.leases.seconds, young=young)

    async def __call__(self, digest: bytes) -> Credential | None:
        kept: AsOf[Credential] | None = await self._kept.get(digest)
        if kept is not None:
            if await self.leases.version(kept.value.organization_id) == kept.version:
                self.figures.add(LOOKUPS, "credentials", "hit")
                return kept.value
            await self._kept.delete(digest)
        self.figures.add(LOOKUPS, "credentials", "miss")
        return await self._questions(digest)

    async def _look(self, digest: bytes) -> Credential | None:
        found = await self.ask(digest)
        if found is None:
            return None
        if await self._kept.raw("__len__") < self.most:
            await self._kept.set(digest, found, ttl=self.keep_for.total_seconds())
        return found.value


@attrs.frozen(eq=False)
class RememberedKeys(KeyViews):
    keys: Remembered[ApiKey]

    @classmethod
    def of(
        cls,
        views: IdentityViews,
        leases: AccessLeases,
        *,
        keep_for: timedelta,
        most: int = MOST,
        figures: Figures = UNTOLD,
    ) -> "RememberedKeys":
        remembered = Remembered(
            ask=views.key_as_of, leases=leases, keep_for=keep_for, most=most, figures=figures
        )
        return cls(remembered)

    async def key_with(self, digest: bytes) -> ApiKey | None:
        return await self.keys(digest)
