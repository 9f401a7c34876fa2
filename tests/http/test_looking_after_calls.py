"""Calls end here though nobody tells of their end, and a line that is down stops no call."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from application.calls.reconcile_calls import ReconcileCalls
from application.calls.telephony import Dial, TelephonyUnavailable
from application.calls.watch_calls import WatchCalls
from domain.kernel.identifiers import CallId
from tests.fakes.time import Time
from tests.http.desk import problem
from tests.http.lines import ANA, NUMBER, Line, line_at
from tests.twilio_double import PlacedCall
from tests.twilio_numbers import BEGAN

pytestmark = pytest.mark.anyio


@pytest.fixture
async def line(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    sqlite_url: str,
    tmp_path: Path,
) -> AsyncIterator[Line]:
    async with line_at(sqlite_url, Time(BEGAN), tmp_path) as line:
        yield line


async def up(line: Line, *statuses: str) -> PlacedCall:
    """A call of which so much was told."""
    call = line.comes_in()
    for status in statuses:
        told = line.account.becomes(call, status)
        assert told is not None
        assert (await line.hears(told)).status_code == 200
    return call


async def watch(line: Line) -> int:
    telephony: Any = line.desk.container.telephony
    actor = line.desk.actor
    due = await telephony.stuck_calls().organizations(now=line.desk.clock())
    assert due in ([], [actor.organization_id])
    brought: int = await telephony.watch_calls()(WatchCalls(actor=actor))
    return brought


async def reconcile(line: Line) -> int:
    telephony: Any = line.desk.container.telephony
    found: int = await telephony.reconcile_calls()(ReconcileCalls(actor=line.desk.actor))
    return found


async def test_news_that_never_came_is_found(line: Line) -> None:
    call, silent = await up(line, "ringing"), await up(line, "ringing", "in-progress")
    line.account.becomes(call, "completed")

    assert [await reconcile(line) for _ in range(2)] == [1, 0]
    assert await line.known() == {call.sid: "completed", silent.sid: "in_progress"}


async def test_who_was_reached_after_all_is_hung_up(line: Line) -> None:
    """Nobody heard that the call was placed, so that it counts as failed here."""
    line.account.unheard = True
    placed = await line.desk.post("/v1/calls", {"to": ANA})
    line.account.unheard = False
    (call,) = line.account.calls.values()
    told = line.account.becomes(call, "in-progress")
    assert told is not None
    assert (await line.hears(told)).status_code == 200

    assert problem(placed) == (503, "telephony_unavailable")
    assert await line.known() == {call.sid: "failed"}
    assert await reconcile(line) == 0
    assert line.account.calls[call.sid].status == "completed"
    assert await line.known() == {call.sid: "failed"}


async def test_calls_that_came_in_unheard_are_found_by_whom_they_were_for(
    line: Line, tmp_path: Path
) -> None:
    """But not where several organizations may be called at the same number."""
    heard, unheard = await up(line, "ringing"), line.comes_in()
    line.account.becomes(unheard, "busy")
    assert await reconcile(line) == 0
    (tmp_path / "mounted" / f"twilio-number-{line.desk.actor.organization_id}").write_text(NUMBER)

    assert [await reconcile(line) for _ in range(2)] == [1, 0]
    assert await line.known() == {heard.sid: "ringing", unheard.sid: "busy"}
    (found,) = (await line.desk.get("/v1/calls", params={"status": "busy"})).json()["items"]
    assert (found["direction"], found["caller"], found["called"]) == ("inbound", ANA, NUMBER)


async def test_what_rings_too_long_is_asked_about_and_ended(line: Line) -> None:
    answered, ringing = await up(line, "ringing"), await up(line, "ringing")
    gone = await up(line, "ringing")
    line.account.becomes(answered, "completed")
    del line.account.calls[gone.sid]
    assert await watch(line) == 0
    line.desk.clock.passes(timedelta(minutes=4))

    assert await watch(line) == 3
    assert await watch(line) == 0
    assert await line.known() == {
        answered.sid: "completed",
        ringing.sid: "cancelled",
        gone.sid: "failed",
    }
    assert line.account.calls[ringing.sid].status == "canceled"


async def test_what_is_up_too_long_is_hung_up(line: Line) -> None:
    call = await up(line, "ringing", "in-progress")
    line.desk.clock.passes(timedelta(hours=3))
    assert await watch(line) == 0
    line.desk.clock.passes(timedelta(hours=2))

    assert await watch(line) == 1
    assert await line.known() == {call.sid: "completed"}
    assert line.account.calls[call.sid].status == "completed"


async def test_nothing_is_decided_while_nobody_can_be_asked(line: Line) -> None:
    call = await up(line, "ringing")
    line.account.fails = 503
    line.desk.clock.passes(timedelta(minutes=4))

    assert (await watch(line), await reconcile(line)) == (0, 0)
    assert await line.known() == {call.sid: "ringing"}


async def test_a_line_that_is_down_refuses_at_once_and_still_tells(line: Line) -> None:
    call = await up(line, "ringing")
    telephony = line.desk.container.telephony.lines.accounts().of(line.desk.actor.organization_id)
    line.account.fails = 503
    for _ in range(5):
        with pytest.raises(TelephonyUnavailable):
            await telephony.hold(call.sid)
    line.account.fails = None
    dial = Dial(key="one", call_id=CallId(uuid4()), called=ANA)
    with pytest.raises(TelephonyUnavailable) as refused:
        await telephony.dial(dial)
    told = line.account.becomes(call, "in-progress")
    assert told is not None
    ready = (await line.desk.http.get("/readyz")).json()

    assert refused.value.retry_after == 30
    assert list(line.account.calls) == [call.sid]
    assert (await line.hears(told)).json() == {"accepted": True}
    assert await line.known() == {call.sid: "in_progress"}
    assert (ready["status"], ready["checks"]["telephony"]) == ("warn", {"status": "warn"})
    line.desk.clock.passes(timedelta(seconds=31))
    assert (await telephony.dial(dial)).calling is not None
