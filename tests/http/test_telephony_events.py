"""What a line says is believed if it is signed, kept once, and applied in any order."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import attrs
import pytest

from tests.fakes.time import Time
from tests.http.desk import problem
from tests.http.lines import ANA, EVENTS, PUBLIC, Line, line_at
from tests.twilio_double import Told, signed

pytestmark = pytest.mark.anyio

STATUSES = ("initiated", "ringing", "in-progress", "completed")
ENDS = {"initiated": "queued", "in-progress": "in_progress"}
LONGEST = 7


@pytest.fixture
async def line(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    sqlite_url: str,
    clock: Time,
    tmp_path: Path,
) -> AsyncIterator[Line]:
    async with line_at(sqlite_url, clock, tmp_path) as line:
        yield line


@pytest.fixture
async def any_line(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_url: str,
    clock: Time,
    tmp_path: Path,
) -> AsyncIterator[Line]:
    async with line_at(any_url, clock, tmp_path) as line:
        yield line


def sequences(number: int) -> Sequence[Sequence[int]]:
    """Deliveries of the four kinds: some of them lost, doubled, late."""
    chance = random.Random(7)
    return [
        [chance.randrange(len(STATUSES)) for _ in range(chance.randint(1, LONGEST))]
        for _ in range(number)
    ]


async def test_no_order_of_deliveries_ends_wrongly(any_line: Line) -> None:
    line, expected, facts = any_line, {}, set()
    for sequence in sequences(25):
        call = line.comes_in()
        told = [line.account.becomes(call, status) for status in STATUSES]
        for kind in sequence:
            delivered = told[kind]
            assert delivered is not None
            answered = await line.hears(delivered)
            assert (answered.status_code, answered.json()) == (
                200,
                {"accepted": (call.sid, STATUSES[kind]) not in facts},
            )
            facts.add((call.sid, STATUSES[kind]))
        last = STATUSES[max(sequence)]
        expected[call.sid] = ENDS.get(last, last)

    assert await line.known() == expected
    assert await line.facts() == sorted(facts)


async def test_no_order_ends_wrongly_however_many_come_at_once(any_line: Line) -> None:
    line, delivered, expected, facts = any_line, list[Told](), {}, set()
    for sequence in sequences(12):
        call = line.comes_in()
        told = [line.account.becomes(call, status) for status in STATUSES]
        delivered += [one for kind in sequence if (one := told[kind]) is not None]
        facts |= {(call.sid, STATUSES[kind]) for kind in sequence}
        last = STATUSES[max(sequence)]
        expected[call.sid] = ENDS.get(last, last)
    nobodys = anew(delivered[0], CallSid="CA" + "f" * 32, Direction="outbound-api")
    random.Random(7).shuffle(delivered)

    answers = await asyncio.gather(*map(line.hears, [*delivered, nobodys, *delivered]))

    assert answers.pop(len(delivered)).status_code == 404
    assert {answer.status_code for answer in answers} == {200}
    assert sum(answer.json()["accepted"] for answer in answers) == len(facts)
    assert await line.known() == expected
    assert await line.facts() == sorted(facts)


async def test_a_call_that_comes_in_is_registered_once_and_gets_a_room(line: Line) -> None:
    call = line.comes_in()
    rung = line.account.becomes(call, "ringing")
    assert rung is not None
    answers = [await line.asks(call), await line.hears(rung), await line.asks(call)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[0].headers["Content-Type"].startswith("text/xml")
    assert f">{call.sid}</Conference>" in answers[0].text
    assert await line.known() == {call.sid: "ringing"}


async def test_states_that_nobody_knows_are_kept_and_change_nothing(line: Line) -> None:
    call = line.comes_in()
    for status in ("ringing", "levitating", "completed"):
        told = line.account.becomes(call, status)
        assert told is not None
        assert (await line.hears(told)).json() == {"accepted": True}

    assert await line.known() == {call.sid: "completed"}
    assert (call.sid, "levitating") in await line.facts()


async def test_calls_end_in_every_way(line: Line) -> None:
    ends = {"busy": "busy", "no-answer": "no_answer", "canceled": "cancelled", "failed": "failed"}
    expected = {}
    for status, end in ends.items():
        call = line.comes_in()
        for one in ("ringing", status):
            told = line.account.becomes(call, one)
            assert told is not None
            await line.hears(told)
        expected[call.sid] = end

    assert await line.known() == expected


def changed(told: Told, **form: str) -> Told:
    return attrs.evolve(told, form={**told.form, **form})


def anew(told: Told, url: str | None = None, **form: str) -> Told:
    """Signed well, whatever it says."""
    after = attrs.evolve(changed(told, **form), url=url or told.url)
    return attrs.evolve(after, signature=signed(after.url, after.form))


async def test_nothing_unsigned_is_believed(line: Line) -> None:
    told = line.account.becomes(line.comes_in(), "ringing")
    assert told is not None
    elsewhere = told.url.replace("https", "http")
    for bad in (
        changed(told, CallStatus="completed"),
        attrs.evolve(told, signature=""),
        attrs.evolve(told, signature="é"),
        attrs.evolve(told, url=told.url + "?call=1"),
        attrs.evolve(told, signature=signed(elsewhere, told.form)),
    ):
        assert problem(await line.hears(bad)) == (403, "bad_telephony_signature")

    assert await line.facts() == []


async def test_a_token_that_is_changed_counts_a_second_later(line: Line, tmp_path: Path) -> None:
    call, mounted = line.comes_in(), tmp_path / "mounted"

    async def answers(status: str) -> int:
        told = line.account.becomes(call, status)
        assert told is not None
        line.desk.clock.passes(timedelta(seconds=1))
        return (await line.hears(told)).status_code

    assert await answers("ringing") == 200
    (mounted / "twilio-token").rename(mounted / "twilio-token-previous")
    (mounted / "twilio-token").write_text("another")
    assert await answers("in-progress") == 200
    (mounted / "twilio-token-previous").unlink()
    assert await answers("completed") == 403


async def test_what_makes_no_sense_is_not_taken(line: Line) -> None:
    told = line.account.becomes(line.comes_in(), "ringing")
    assert told is not None
    for bad in (
        anew(told, CallSid="x"),
        anew(told, CallStatus=""),
        anew(told, SequenceNumber="one"),
        anew(told, Timestamp="yesterday"),
    ):
        assert problem(await line.hears(bad)) == (422, "bad_telephony_news")
    outgoing = anew(told, Direction="outbound-api")
    assert problem(await line.hears(outgoing)) == (404, "unknown_call")
    assert problem(await line.hears(anew(outgoing, f"{PUBLIC}{EVENTS}?call=nobody"))) == (
        404,
        "unknown_call",
    )
    stranger = anew(told, PUBLIC + EVENTS.replace("twilio", "simulator"))
    assert problem(await line.hears(stranger)) == (409, "no_telephony")
    assert await line.known() == {}


async def test_withheld_numbers_are_no_obstacle(line: Line) -> None:
    told = line.account.becomes(line.comes_in(), "ringing")
    assert told is not None
    for number, words in enumerate(("anonymous", "", "client:ana", "+12")):
        news = anew(told, From=words, CallSid=f"CA{number:032d}")
        assert (await line.hears(news)).status_code == 200

    assert len(await line.known()) == 4


async def test_numbers_are_nowhere_among_the_facts(line: Line) -> None:
    told = line.account.becomes(line.comes_in(), "ringing")
    assert told is not None
    await line.hears(told)
    await line.desk.relay()
    events = await line.desk.get("/v1/events")

    assert events.json()["items"]
    assert ANA not in events.text
