"""Whoever listens to calls, somebody always does, soon, and says who."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from adapters.openai_compatible.listening import ModelListening
from adapters.resilience.boards import FileBoard
from adapters.resilience.breaker import Breaker
from adapters.resilience.listening import PRESET, BreakingListening, is_outage
from application.calls.listening import (
    ByLexicon,
    DidNotListen,
    Impression,
    Listening,
    NotHeard,
    WithFallback,
)
from application.kernel.secrets import Secret
from domain.calls.quality import Listener
from domain.calls.utterances import Speaker, Utterance
from tests.contract.models import StandIn, stand_in
from tests.samples import NOW

pytestmark = pytest.mark.anyio

SECONDS = 2
LINES = tuple(
    Utterance(line=number, speaker=Speaker.CUSTOMER, text=text, begins_at=NOW)
    for number, text in enumerate(("Thank you", "my card is 4111111111111111"), 1)
)


@pytest.fixture
async def model() -> AsyncIterator[StandIn]:
    async with stand_in() as running:
        yield running


@pytest.fixture
async def listening(model: StandIn) -> AsyncIterator[ModelListening]:
    opened = listening_to(model)
    yield opened
    await opened.close()


def listening_to(model: StandIn) -> ModelListening:
    return ModelListening.open(model.url, "small", lambda: Secret("sk-secret"), seconds=SECONDS)


def with_fallback(listening: Listening) -> WithFallback:
    return WithFallback(model=listening, otherwise=ByLexicon())


def said(feelings: dict[int, float], summary: str = "About a room") -> str:
    sentiments = [{"line": line, "sentiment": one} for line, one in feelings.items()]
    return msgspec.json.encode({"sentiments": sentiments, "summary": summary}).decode()


async def why(listening: Listening) -> NotHeard:
    with pytest.raises(DidNotListen) as refused:
        await listening(LINES)
    assert "Thank you" not in str(refused.value)
    return refused.value.why


async def test_a_model_feels_for_every_line_and_sums_up(
    model: StandIn, listening: ModelListening
) -> None:
    model.says(0.5, 0)

    found = await with_fallback(listening)(LINES)

    assert found == Impression(
        sentiments={1: 500, 2: 0}, summary="About a room", listener=Listener.MODEL
    )
    assert (model.keys, model.asked[0]["model"]) == (["Bearer sk-secret"], "small")


async def test_numbers_of_cards_are_not_passed_on(
    model: StandIn, listening: ModelListening
) -> None:
    model.says(0.5, 0)

    await with_fallback(listening)(LINES)

    assert "4111" not in str(model.asked)
    assert "[card]" in str(model.asked)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (429, NotHeard.BUSY),
        (500, NotHeard.FAILED),
        (503, NotHeard.FAILED),
        (401, NotHeard.REFUSED),
        (302, NotHeard.REFUSED),
    ],
)
async def test_what_is_no_answer_is_told_apart(
    model: StandIn, listening: ModelListening, status: int, reason: NotHeard
) -> None:
    model.says(0.5, 0)
    model.status = status

    assert await why(listening) is reason


@pytest.mark.parametrize(
    "content",
    [
        "Certainly! Here you are:",
        "{}",
        said({}),
        said({1: 0}),
        said({1: 0, 2: 0}, summary=""),
        said({1: 0, 9: 0}),
        said({1: 2, 2: 0}),
        "[" * 5000,
    ],
)
async def test_nonsense_is_not_believed(
    model: StandIn, listening: ModelListening, content: str
) -> None:
    model.says_plainly(content)

    assert await why(listening) is NotHeard.GARBLED


async def test_what_is_no_json_is_not_believed(model: StandIn, listening: ModelListening) -> None:
    model.body = b"<html>\xff"

    assert await why(listening) is NotHeard.GARBLED


async def test_a_closed_connection_is_no_answer(model: StandIn, listening: ModelListening) -> None:
    model.hangs_up = True

    assert await why(listening) is NotHeard.UNREACHABLE


async def test_nobody_there_is_no_answer() -> None:
    async with stand_in() as gone:
        listening = listening_to(gone)

    assert await why(listening) is NotHeard.UNREACHABLE
    await listening.close()


@pytest.mark.parametrize("slow", ["silent", "trickling"])
async def test_a_slow_model_is_not_waited_for(
    model: StandIn, listening: ModelListening, slow: str
) -> None:
    model.says(0.5, 0)
    if slow == "silent":
        model.waits = 5
    else:
        model.trickles = True  # each byte in time, and all of them together not
    began = asyncio.get_running_loop().time()

    assert await why(listening) is NotHeard.TIMED_OUT

    assert asyncio.get_running_loop().time() - began < 2 * SECONDS


async def test_a_list_of_words_listens_instead_and_says_so(
    model: StandIn, listening: ModelListening
) -> None:
    model.status = 500

    found = await with_fallback(listening)(LINES)

    assert (found.listener, found.fell_back) == (Listener.LEXICON, "failed")
    assert found.sentiments == {1: 1000, 2: 0}
    assert found.summary == "Thank you\nmy card is [card]"


async def test_a_model_that_fails_too_often_is_left_alone(
    model: StandIn, listening: ModelListening, tmp_path: Path
) -> None:
    now = 0.0
    breaker = Breaker(
        name="model",
        preset=PRESET,
        seconds=lambda: now,
        fails=is_outage,
        board=FileBoard(tmp_path, lambda: now),
    )
    breaking = BreakingListening(listening, breaker)
    model.status = 500

    reasons = [await why(breaking) for _ in range(PRESET.failures + 1)]

    assert reasons == [NotHeard.FAILED] * PRESET.failures + [NotHeard.RESTING]
    assert len(model.asked) == PRESET.failures
    now = PRESET.open_for
    model.status = 200
    model.says(0.5, 0)
    assert (await breaking(LINES)).listener is Listener.MODEL
