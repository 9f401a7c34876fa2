"""A market of telephone numbers in memory."""

from collections.abc import Sequence

import attrs

from application.calls.number_market import (
    BoughtNumber,
    NumberKind,
    NumberMarket,
    NumberMarkets,
    NumberOffer,
    NumberWish,
    Purchase,
)
from application.calls.telephony import TelephonyRefused, TelephonyUnavailable
from domain.calls.desk_numbers import Capability
from domain.kernel.identifiers import OrganizationId
from domain.kernel.refusals import Refusal

FOR_SALE = ("+442079460001", "+442079460002", "+442079467940")


@attrs.define
class FakeMarket(NumberMarket, NumberMarkets):
    """`down` is what it says instead of doing it, `unheard` that it does it without a word."""

    name: str = "fake"
    sold: dict[str, str] = attrs.field(factory=dict)
    asked: list[str] = attrs.field(factory=list)
    down: Refusal | None = None
    unheard: bool = False

    def market(self, organization_id: OrganizationId, /) -> NumberMarket:
        return self

    async def offers(self, wish: NumberWish) -> Sequence[NumberOffer]:
        self._ask("offers")
        if (wish.country, wish.kind) != ("GB", NumberKind.LOCAL):
            return ()
        if not set(wish.capabilities) <= {Capability.VOICE}:
            return ()
        left = [one for one in FOR_SALE if one not in self.sold.values()]
        return [
            NumberOffer(
                number=one,
                country=wish.country,
                kind=wish.kind,
                capabilities=(Capability.VOICE,),
                locality="London",
            )
            for one in left
            if (wish.contains or "") in one
        ][: wish.limit]

    async def buy(self, purchase: Purchase) -> BoughtNumber:
        self._ask("buy")
        if purchase.key not in self.sold:
            if purchase.number not in FOR_SALE or purchase.number in self.sold.values():
                raise TelephonyRefused("not_for_sale")
            self.sold[purchase.key] = purchase.number
        if self.unheard:
            raise TelephonyUnavailable
        return self._bought(purchase.key)

    async def find(self, key: str) -> BoughtNumber | None:
        self._ask("find")
        return self._bought(key) if key in self.sold else None

    async def release(self, reference: str) -> None:
        self._ask("release")
        self.sold.pop(reference.removeprefix("PN"), None)

    def _bought(self, key: str) -> BoughtNumber:
        return BoughtNumber(
            reference=f"PN{key}", number=self.sold[key], capabilities=(Capability.VOICE,)
        )

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if self.down is not None:
            raise self.down
