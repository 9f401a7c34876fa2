"""A counter that is lost is tried again; each quota says what happens meanwhile."""

import attrs
import pytest

from adapters.cache.dependable_rates import DependableRates
from adapters.cache.memory_rates import MemoryRates
from application.kernel.rate_limits import Bucket, RateLimiter
from application.kernel.refusals import Unavailable
from domain.kernel.quotas import Verdict, WhenLost
from tests.contract.test_rate_limits import HOURLY, Clock, bucket, granted

pytestmark = pytest.mark.anyio


@attrs.define
class Losable(RateLimiter):
    """Counts, unless it is lost; takes note of who tried."""

    rates: RateLimiter
    lost: bool = False
    tries: int = 0

    async def take(self, bucket: Bucket, *, units: int = 1, least: int = 1) -> Verdict:
        self.tries += 1
        if self.lost:
            raise Unavailable
        return await self.rates.take(bucket, units=units, least=least)


async def test_what_is_lost_is_tried_again_now_and_then(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    shared = Losable(MemoryRates(seconds=clock))
    rates = DependableRates(shared=shared, alone=MemoryRates(seconds=clock), seconds=clock)
    read, write, sign_in = (
        bucket(attrs.evolve(HOURLY, name=lost.value, when_lost=lost)) for lost in WhenLost
    )
    shared.lost = True

    assert await granted(rates, read, 30) == 30
    assert await granted(rates, write, 30) == 20
    with pytest.raises(Unavailable):
        await rates.take(sign_in)
    assert shared.tries == 1
    clock.now += 1
    await granted(rates, read, 10)
    assert shared.tries == 2

    shared.lost = False
    clock.now += 1
    assert await granted(rates, read, 30) == 20
    assert await granted(rates, sign_in, 30) == 20
    assert (len(caplog.records), rates.uncounted) == (2, 71)
