"""Twilio's client and its stand-in, each request and each answer judged by Prism.

What it cannot show: signatures, documents of instructions and voices, of which the description
says nothing; and that a call is placed once, for which Twilio has no means.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from inspect import signature
from typing import Any

import pytest

from adapters.twilio.numbers import TwilioNumbers
from application.calls.telephony import TelephonyRefused, TelephonyUnavailable
from conformance.prism import between
from tests.contract import test_twilio_adapter as adapter
from tests.contract.markets import PROMISES
from tests.fakes.time import Time
from tests.twilio_double import Account, serving
from tests.twilio_numbers import BEGAN

pytestmark = pytest.mark.anyio

Shows = Callable[[adapter.Line], Awaitable[None]]
SHOWN: dict[str, Any] = {
    name: test
    for name, test in vars(adapter).items()
    if name.startswith("test_") and list(signature(test).parameters) == ["line"]
}


@pytest.fixture(scope="module")
def account() -> Account:
    return Account()


@pytest.fixture(scope="module")
def prism(account: Account, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(account) as behind, between(behind, tmp_path_factory.mktemp("prism")) as url:
        yield url


@pytest.fixture
async def line(account: Account, prism: str) -> AsyncIterator[adapter.Line]:
    account.forget()
    time, paused = Time(BEGAN), list[float]()
    telephony = adapter.opened(prism, time, paused)
    yield adapter.Line(account=account, telephony=telephony, time=time, paused=paused)
    await telephony.close()


@pytest.mark.parametrize("shows", SHOWN.values(), ids=SHOWN)
async def test_both_sides_keep_to_the_description(shows: Shows, line: adapter.Line) -> None:
    await shows(line)


@pytest.mark.parametrize("promise", PROMISES)
async def test_numbers_keep_to_the_description(promise: Any, line: adapter.Line) -> None:
    telephony = line.telephony
    await promise(
        TwilioNumbers(client=telephony.client, doors=telephony.doors, seconds=telephony.seconds)
    )


async def test_the_judge_would_have_noticed(line: adapter.Line) -> None:
    call = await adapter.up(line)
    line.account.calls[call].status = "talking"

    with pytest.raises(TelephonyUnavailable):
        await line.telephony.look_up(call)
    with pytest.raises(TelephonyRefused, match="422"):
        await line.telephony.look_up("no name of a call")
    with pytest.raises(TelephonyRefused, match="422"):
        await line.telephony.delete_recording("no name of a recording")
