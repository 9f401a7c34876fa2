"""Wherever telephone numbers are bought, the same is promised."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.simulator.file import SimulatorFile
from adapters.telephony_simulator.numbers import SCHEMA, SimulatedNumbers
from adapters.twilio.numbers import TwilioNumbers
from application.calls.number_market import NumberMarket
from application.calls.telephony import NoTelephony, TelephonyRefused, TelephonyUnavailable
from tests.contract.markets import PROMISES, first, purchase
from tests.contract.test_twilio_adapter import DOORS, opened
from tests.fakes.number_market import FakeMarket
from tests.fakes.time import Time
from tests.twilio_double import Account, serving
from tests.twilio_numbers import BEGAN

pytestmark = pytest.mark.anyio

Promise = Callable[[NumberMarket], Awaitable[None]]


def twilio(url: str, token: str | None = None) -> TwilioNumbers:
    line = opened(url, Time(BEGAN), []) if token is None else opened(url, Time(BEGAN), [], token)
    return TwilioNumbers(client=line.client, doors=line.doors, seconds=line.seconds)


@pytest.fixture
def account() -> Account:
    return Account()


@pytest.fixture
async def market_of_twilio(account: Account) -> AsyncIterator[TwilioNumbers]:
    with serving(account) as url:
        market = twilio(url)
        yield market
        await market.client.http_client.close()


@pytest.fixture
def simulated_market(tmp_path: Path) -> SimulatedNumbers:
    book = SimulatorFile(tmp_path / "numbers.db", SCHEMA)
    return SimulatedNumbers(book=book, new_id=uuid4, account="one")


@pytest.fixture
def fake_market() -> FakeMarket:
    return FakeMarket()


@pytest.fixture(params=["fake_market", "simulated_market", "market_of_twilio"])
def market(request: pytest.FixtureRequest) -> NumberMarket:
    found: NumberMarket = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("promise", PROMISES)
async def test_every_market_keeps_its_promises(promise: Promise, market: NumberMarket) -> None:
    await promise(market)


async def test_calls_to_a_number_of_twilio_come_in_here(
    account: Account, market_of_twilio: TwilioNumbers
) -> None:
    asked = purchase(await first(market_of_twilio))
    await market_of_twilio.buy(asked)

    (form,) = account.stock.bought.values()
    assert form["VoiceUrl"] == [DOORS.voice]
    assert form["StatusCallback"] == [DOORS.events]
    assert form["FriendlyName"] == [f"frontdesk {asked.key}"]


async def test_a_number_whose_answer_was_lost_is_found_and_not_bought_again(
    account: Account, market_of_twilio: TwilioNumbers
) -> None:
    asked = purchase(await first(market_of_twilio))
    account.stock.unheard = True
    with pytest.raises(TelephonyUnavailable):
        await market_of_twilio.buy(asked)
    account.stock.unheard = False
    found = await market_of_twilio.find(asked.key)

    assert found == await market_of_twilio.buy(asked)
    assert account.stock.made == 1


async def test_who_buys_the_same_at_once_pays_once(
    account: Account, market_of_twilio: TwilioNumbers
) -> None:
    """The other one buys between our look and our purchase."""
    asked = purchase(await first(market_of_twilio))
    account.stock.beaten = True
    bought = await market_of_twilio.buy(asked)

    assert bought.number == asked.number
    assert account.stock.made == 1


async def test_a_market_that_fails_says_how(
    account: Account, market_of_twilio: TwilioNumbers
) -> None:
    account.fails = 503
    with pytest.raises(TelephonyUnavailable):
        await market_of_twilio.buy(purchase("+442079460001"))
    account.fails = 401
    with pytest.raises(NoTelephony):
        await market_of_twilio.release("PN" + "0" * 32)
    with pytest.raises(NoTelephony):
        await market_of_twilio.find("lists are refused in other words")


async def test_a_simulated_number_may_be_sold_without_a_word(
    simulated_market: SimulatedNumbers,
) -> None:
    asked = purchase("+442079460009")
    with pytest.raises(TelephonyUnavailable):
        await simulated_market.buy(asked)

    assert (await simulated_market.buy(asked)).number == asked.number
    with pytest.raises(TelephonyRefused):
        await simulated_market.buy(purchase("+442079460004"))
