"""Outboxes, rooms and pictures: the parts of sockets that need no socket."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.identifiers import ResourceId
from entrypoints.realtime.closing import GOING_AWAY, TOO_SLOW
from entrypoints.realtime.conversation import Patience
from entrypoints.realtime.outbox import Outbox
from entrypoints.realtime.rooms import Rooms, Watcher

pytestmark = pytest.mark.anyio

PLAIN, BREAKFAST, OTHER = (ResourceId(UUID(int=number)) for number in (1, 2, 3))


async def sent(outbox: Outbox) -> list[Any]:
    told: list[Any] = []

    async def send(message: dict[str, Any]) -> None:
        told.append(message["text"])

    async with asyncio.timeout(5):
        await outbox.deliver(send)
    return told


async def test_what_waits_is_sent_before_the_end() -> None:
    outbox = Outbox(3)
    for text in "abc":
        outbox.put(text)
    outbox.close(GOING_AWAY)
    outbox.put("late")

    assert await sent(outbox) == ["a", "b", "c"]
    assert outbox.closing is GOING_AWAY


async def test_too_much_is_the_end_and_leaves_no_gap() -> None:
    outbox = Outbox(2)
    for text in "abcd":
        outbox.put(text)

    assert outbox.closing is TOO_SLOW
    outbox.close(GOING_AWAY)
    assert await sent(outbox) == []


async def test_whoever_can_wait_waits_for_space() -> None:
    outbox = Outbox(4)
    for text in "abc":
        outbox.put(text)
    waiting = asyncio.create_task(outbox.spacious())
    await asyncio.sleep(0)
    assert not waiting.done()
    delivering = asyncio.create_task(sent(outbox))
    async with asyncio.timeout(5):
        await waiting
    outbox.close(GOING_AWAY)
    assert await delivering == ["a", "b", "c"]


def test_no_position_is_told_twice() -> None:
    watcher = Watcher(Outbox(9))
    for position in (1, 3, 2, 3, 4):
        watcher.tell(position, str(position))

    assert [*watcher.outbox.waiting] == ["1", "3", "4"]


def test_rooms_know_who_is_where() -> None:
    rooms = Rooms(stocks={PLAIN: PLAIN, BREAKFAST: PLAIN, OTHER: OTHER})
    plain, breakfast, other, all_ = (Watcher(Outbox(9)) for _ in range(4))
    rooms.enter(plain, [PLAIN])
    rooms.enter(breakfast, [BREAKFAST])
    rooms.enter(other, [OTHER])
    rooms.enter(all_, [None, PLAIN])

    assert {*rooms.in_room(PLAIN)} == {plain, all_}
    assert {*rooms.around(PLAIN)} == {plain, breakfast, all_}
    assert rooms.watched_stocks == {PLAIN, OTHER}
    rooms.leave(all_, [None])
    rooms.leave(other, [OTHER])
    assert {*rooms.in_room(OTHER)} == set()
    assert rooms.watched_stocks == {PLAIN}
    assert not rooms.somebody_watches_everything


def test_patience_ends_and_comes_back() -> None:
    patience = Patience.new(2, now=0.0)
    assert [patience.ends(0.0) for _ in range(5)] == [False] * 4 + [True]
    assert not patience.ends(10.0)
