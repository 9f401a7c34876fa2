"""A model that somebody waits for: what it does not say at once is done without."""

import asyncio
from collections.abc import Sequence

import attrs

from adapters.resilience.breaker import Breaker, BreakerOpen, Preset
from application.documentation.embedding import Embedder, NotEmbedded
from domain.documentation.meaning import Vector

PRESET = Preset(failures=3, successes=1, open_for=60)


def is_outage(error: BaseException) -> bool:
    return isinstance(error, NotEmbedded)


@attrs.frozen(kw_only=True)
class PromptEmbedder(Embedder):
    """`seconds` are for all the texts of one call."""

    embedder: Embedder
    breaker: Breaker
    seconds: float

    @property
    def model(self) -> str:
        return self.embedder.model

    async def __call__(self, texts: Sequence[str], /) -> Sequence[Vector]:
        try:
            return await self.breaker(lambda: self._in_time(texts))
        except BreakerOpen:
            raise NotEmbedded("left_alone") from None

    async def _in_time(self, texts: Sequence[str]) -> Sequence[Vector]:
        try:
            async with asyncio.timeout(self.seconds):
                return await self.embedder(texts)
        except TimeoutError:
            raise NotEmbedded("too_slow") from None
