"""What every market of telephone numbers promises."""

from uuid import uuid4

import pytest

from application.calls.number_market import NumberKind, NumberMarket, NumberWish, Purchase
from application.calls.telephony import TelephonyRefused
from domain.calls.desk_numbers import Capability

LONDON = NumberWish(country="GB", limit=2)


async def first(market: NumberMarket) -> str:
    return (await market.offers(LONDON))[0].number


def purchase(number: str) -> Purchase:
    return Purchase(key=str(uuid4()), number=number)


async def offers_what_was_asked_for(market: NumberMarket) -> None:
    some = await market.offers(LONDON)
    such = await market.offers(NumberWish(country="GB", contains="0002"))

    assert [one.number for one in some] == ["+442079460001", "+442079460002"]
    assert {one.number for one in such} == {"+442079460002"}
    assert {(one.country, one.kind, one.locality) for one in some} == {
        ("GB", NumberKind.LOCAL, "London")
    }
    assert all(Capability.VOICE in one.capabilities for one in some)
    assert await market.offers(NumberWish(country="AQ")) == ()


async def sells_a_number_once(market: NumberMarket) -> None:
    number = await first(market)
    asked = purchase(number)
    bought, again = await market.buy(asked), await market.buy(asked)

    assert bought == again == await market.find(asked.key)
    assert bought.number == number
    assert Capability.VOICE in bought.capabilities
    assert await first(market) != number
    with pytest.raises(TelephonyRefused):
        await market.buy(purchase(number))
    with pytest.raises(TelephonyRefused):
        await market.buy(purchase("+351210000000"))
    assert await market.find(str(uuid4())) is None


async def takes_a_number_back(market: NumberMarket) -> None:
    asked = purchase(await first(market))
    bought = await market.buy(asked)
    for _ in range(2):
        await market.release(bought.reference)

    assert await market.find(asked.key) is None
    assert await first(market) == asked.number


PROMISES = (offers_what_was_asked_for, sells_a_number_once, takes_a_number_back)
