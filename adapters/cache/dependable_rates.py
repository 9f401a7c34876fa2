"""A counter that may be lost: what happens until it is back is for each quota to say."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import attrs

from application.kernel.rate_limits import Bucket, RateLimiter
from application.kernel.refusals import TEMPORARY, Unavailable
from domain.kernel.quotas import Verdict, WhenLost

logger = logging.getLogger(__name__)

T = TypeVar("T")

BETWEEN_TRIES = 1.0  # seconds


@attrs.define(kw_only=True, eq=False)
class DependableRates(RateLimiter):
    """While `shared` is lost nobody waits for it: it is tried again once a second, by one.

    `alone` counts meanwhile, if a quota wants that. `uncounted` is how many asks passed by.
    """

    shared: RateLimiter
    alone: RateLimiter
    seconds: Callable[[], float]
    uncounted: int = attrs.field(default=0, init=False)
    _next_try: float | None = attrs.field(default=None, init=False)

    async def take(self, bucket: Bucket, *, units: int = 1, least: int = 1) -> Verdict:
        """Raises Unavailable for a quota that is nobody's to give meanwhile."""
        verdict = await self._together(lambda: self.shared.take(bucket, units=units, least=least))
        return await self._without(bucket, units, least) if verdict is None else verdict

    async def one_of_each(self, buckets: Sequence[Bucket]) -> Sequence[Verdict]:
        verdicts = await self._together(lambda: self.shared.one_of_each(buckets))
        return await super().one_of_each(buckets) if verdicts is None else verdicts

    async def _together(self, ask: Callable[[], Awaitable[T]]) -> T | None:
        """None while that is not possible."""
        now = self.seconds()
        if self._next_try is not None and now < self._next_try:
            return None
        if self._next_try is not None:
            self._next_try = now + BETWEEN_TRIES  # others go on without it until we know
        try:
            answer = await ask()
        except TEMPORARY as refusal:
            self._lose(refusal.code)
            return None
        self._recover()
        return answer

    def _lose(self, code: str) -> None:
        if self._next_try is None:
            logger.warning("requests are not counted together any more: %s", code)
        self._next_try = self.seconds() + BETWEEN_TRIES

    def _recover(self) -> None:
        if self._next_try is not None:
            logger.warning("requests are counted again; %d were not", self.uncounted)
            self._next_try = None

    async def _without(self, bucket: Bucket, units: int, least: int) -> Verdict:
        self.uncounted += 1
        match bucket.quota.when_lost:
            case WhenLost.LET_IN:
                return Verdict(granted=units, remaining=bucket.quota.most, reset=0)
            case WhenLost.COUNT_ALONE:
                return await self.alone.take(bucket, units=units, least=least)
            case WhenLost.REFUSE:
                raise Unavailable
