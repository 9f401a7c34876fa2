"""A market of telephone numbers that may be down: it is left alone as its line is."""

from collections.abc import Sequence

import attrs

from adapters.resilience.telephony import TelephonyBreakers, through
from application.calls.number_market import (
    BoughtNumber,
    NumberMarket,
    NumberOffer,
    NumberWish,
    Purchase,
)


@attrs.frozen(kw_only=True)
class BreakingMarket(NumberMarket):
    market: NumberMarket
    breakers: TelephonyBreakers

    @property
    def name(self) -> str:
        return self.market.name

    async def offers(self, wish: NumberWish) -> Sequence[NumberOffer]:
        return await through(self.breakers.lookups, lambda: self.market.offers(wish))

    async def buy(self, purchase: Purchase) -> BoughtNumber:
        return await through(self.breakers.actions, lambda: self.market.buy(purchase))

    async def find(self, key: str) -> BoughtNumber | None:
        return await through(self.breakers.lookups, lambda: self.market.find(key))

    async def release(self, reference: str) -> None:
        await through(self.breakers.actions, lambda: self.market.release(reference))
