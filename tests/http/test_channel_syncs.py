"""What was booked elsewhere has its units here, whatever a feed says or leaves out."""

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from aiohttp import web

from application.bookings.channels_come_due import ChannelsComeDue
from application.bookings.sync_channel import SyncChannel
from domain.kernel.identifiers import ChannelId
from tests.fakes.time import Time
from tests.http.channel_house import (
    FEED,
    House,
    Killed,
    busy,
    calendar,
    event,
    fetched,
    opened,
)
from tests.http.desk import problem

pytestmark = pytest.mark.anyio


@pytest.fixture
async def house(any_url: str, clock: Time) -> AsyncIterator[House]:
    async with opened(any_url, clock) as house:
        yield house


async def test_what_was_booked_there_has_its_units_here(house: House) -> None:
    rooms = await house.desk.rooms(capacity=2)
    channel = await house.channel(rooms)
    over = event("over@x", 1, 2).replace("202703", "202702")
    house.says(event("a@x", 10, 12), event("b@x", 20, 21), over)
    first = await house.sync(channel)
    taken = await house.taken(rooms, of=2)
    house.says(event("a@x", 11, 14, "SEQUENCE:2"), event("b@x", 20, 21, "STATUS:CANCELLED"))
    moved = await house.sync(channel)
    after = await house.taken(rooms, of=2)
    house.says(event("a@x", 5, 6, "SEQUENCE:1"))
    stale = await house.sync(channel)
    unmoved = await house.taken(rooms, of=2)
    house.says()
    await house.sync(channel)

    assert (first["sync"]["taken"], first["sync"]["outcome"]) == (2, "succeeded")
    assert taken == [10, 11, 20]
    assert (moved["sync"]["moved"], moved["sync"]["cancelled"]) == (1, 1)
    assert after == [11, 12, 13]
    assert (stale["sync"]["stale"], stale["sync"]["moved"]) == (1, 0)
    assert unmoved == after
    assert await house.taken(rooms, of=2) == []
    assert "Ana" not in str(await house.foreign(channel))


async def test_what_our_customers_have_is_reported_and_never_taken(house: House) -> None:
    desk, rooms = house.desk, await house.desk.rooms(capacity=1)
    channel = await house.channel(rooms)
    booking = await desk.hold(rooms, check_in="2027-03-11", check_out="2027-03-12")
    house.says(event("a@x", 10, 13))
    clashing = await house.sync(channel)
    lacking = await house.foreign(channel, clashing="true")
    quiet = await house.sync(channel)
    await desk.post(
        f"/v1/bookings/{booking.json()['id']}/release",
        headers={"If-Match": booking.headers["ETag"]},
    )
    house.says(event("a@x", 10, 13))
    settled = await house.sync(channel)

    assert clashing["sync"]["clashing"] == 1
    assert lacking[0]["short"] == [f"{rooms}:2027-03-11"]
    assert len(lacking[0]["claims"]) == 2
    assert (quiet["sync"]["moved"], quiet["sync"]["clashing"]) == (0, 1)
    assert settled["sync"]["clashing"] == 0
    assert await house.foreign(channel, clashing="true") == []
    assert await house.taken(rooms, of=1) == [10, 11, 12]


async def test_nothing_is_sold_here_that_was_sold_there(house: House) -> None:
    desk, rooms = house.desk, await house.desk.rooms(capacity=1)
    channel = await house.channel(rooms)
    quote_id = await desk.quote(rooms, check_in="2027-03-10", check_out="2027-03-11")
    house.says(event("a@x", 10, 11))
    await house.sync(channel)

    assert problem(await desk.post("/v1/holds", {"quote_id": quote_id})) == (409, "sold_out")
    assert busy(await fetched(desk, channel)) == []


async def test_too_much_that_vanishes_waits_for_a_person(house: House) -> None:
    rooms = await house.desk.rooms(capacity=1)
    channel = await house.channel(rooms)
    events = [event(f"{number}@x", number, number + 1) for number in range(3, 23)]
    house.says(*events)
    await house.sync(channel)
    house.says(*events[3:])
    few = await house.sync(channel)
    house.says(*events[10:])
    stopped = await house.sync(channel)
    still = await house.taken(rooms, of=1)
    shown = (await house.desk.get(f"/v1/channels/{channel.json()['id']}")).json()
    accepted = await house.sync(channel, accept_vanished=True)

    assert few["sync"]["cancelled"] == 3
    assert (stopped["sync"]["outcome"], stopped["health"]) == ("partial", "held_up")
    assert (stopped["sync"]["waiting"], stopped["sync"]["cancelled"]) == (7, 0)
    assert len(still) == 17
    assert shown["vanished"] == 7
    assert (accepted["sync"]["cancelled"], accepted["health"]) == (7, "healthy")
    assert len(await house.taken(rooms, of=1)) == 10


async def test_a_window_that_slides_is_one_booking(house: House, clock: Time) -> None:
    """As where what is not on offer yet is named anew each day."""
    rooms = await house.desk.rooms(capacity=1)
    channel = await house.channel(rooms)
    for number in range(5):
        house.says(event(f"{number}@window", 18 + number, 27 + number))
        synced = await house.sync(channel)
        assert synced["sync"]["outcome"] == "succeeded"
        clock.now += timedelta(days=1)

    found = await house.foreign(channel)
    assert [(one["uid"], one["from"], one["until"]) for one in found] == [
        ("4@window", "2027-03-22", "2027-03-31")
    ]
    assert await house.taken(rooms, of=1) == [*range(22, 31)]


async def test_a_feed_that_cannot_be_read_takes_nothing_away(house: House, clock: Time) -> None:
    rooms = await house.desk.rooms(capacity=1)
    channel = await house.channel(rooms)
    house.says(event("a@x", 10, 12))
    await house.sync(channel)
    house.site.says(FEED, calendar(event("b@x", 20, 21))[:-20])
    cut = await house.sync(channel)
    house.site.says(FEED, "", status=404)
    gone = [await house.sync(channel) for _ in range(2)]
    house.says("BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT")
    vague = await house.sync(channel)
    path = f"/v1/channels/{channel.json()['id']}"
    history = (await house.desk.get(f"{path}/syncs")).json()["items"]
    shown = (await house.desk.get(path)).json()

    assert (cut["sync"]["outcome"], cut["sync"]["reason"]) == ("failed", "cut_off")
    assert [each["health"] for each in gone] == ["degraded", "unhealthy"]
    assert (vague["sync"]["unreadable"], vague["sync"]["waiting"]) == (1, 1)
    assert vague["sync"]["outcome"] == "partial"
    assert [each["outcome"] for each in history] == [
        "partial",
        "failed",
        "failed",
        "failed",
        "succeeded",
    ]
    assert shown["next_sync_at"] > clock().isoformat()
    assert await house.taken(rooms, of=1) == [10, 11]


async def test_a_feed_that_has_not_changed_is_not_sent_again(house: House) -> None:
    desk, rooms = house.desk, await house.desk.rooms(capacity=1)
    channel = await house.channel(rooms)
    booking = await desk.hold(rooms, check_in="2027-03-11", check_out="2027-03-12")
    said = calendar(event("a@x", 10, 13)).encode()

    async def answer(request: web.BaseRequest) -> web.Response:
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        return web.Response(body=said, headers={"ETag": '"1"'})

    house.site.answers[FEED] = answer
    first = await house.sync(channel)
    same = await house.sync(channel)
    await desk.post(
        f"/v1/bookings/{booking.json()['id']}/release",
        headers={"If-Match": booking.headers["ETag"]},
    )
    freed = await house.sync(channel)

    assert (first["sync"]["taken"], first["sync"]["clashing"]) == (1, 1)
    assert (same["sync"]["outcome"], same["sync"]["clashing"]) == ("unchanged", 1)
    assert (freed["sync"]["moved"], freed["sync"]["clashing"]) == (1, 0)
    assert await house.taken(rooms, of=1) == [10, 11, 12]


async def test_a_channel_comes_due_once_and_ends_with_what_it_has(
    house: House, clock: Time
) -> None:
    desk, rooms = house.desk, await house.desk.rooms(capacity=1)
    channel = await house.channel(rooms)
    path = f"/v1/channels/{channel.json()['id']}"
    channels: Any = desk.container.pipelines.channels
    owners = await channels.due().organizations(now=clock())
    came = [await channels.channels_come_due()(ChannelsComeDue(actor=desk.actor)) for _ in "ab"]
    waiting = await desk.container.queued_jobs().waiting(limit=10)
    house.says(event("a@x", 10, 12))
    await house.sync(channel)
    paused = await desk.post(f"{path}/pause", headers={"If-Match": "*"})
    refused = await desk.post(f"{path}/sync")
    still = await house.taken(rooms, of=1)
    await desk.send("DELETE", path, headers={"If-Match": "*"})

    assert list(owners) == [desk.actor.organization_id]
    assert came == [1, 0]
    assert [job.name for job in waiting] == ["sync_channel"]
    assert paused.json()["next_sync_at"] is None
    assert problem(refused) == (409, "wrong_channel_state")
    assert still == [10, 11]
    assert await house.taken(rooms, of=1) == []


async def test_whoever_is_killed_while_syncing_has_lost_and_doubled_nothing(
    house: House,
) -> None:
    """After any of its transactions; the next sync finds most of it done."""
    rooms = await house.desk.rooms(capacity=2)
    channel = await house.channel(rooms)
    sync = SyncChannel(actor=house.desk.actor, channel_id=ChannelId(UUID(channel.json()["id"])))
    channels: Any = house.desk.container.pipelines.channels
    before = [event("stays@x", 5, 7), event("moves@x", 10, 12), event("goes@x", 15, 16)]
    after = [event("stays@x", 5, 7), event("moves@x", 11, 14), event("comes@x", 20, 21)]
    deaths = 0
    for left in count():
        house.says(*before)
        await house.sync(channel)
        house.says(*after)
        house.mortal.left = left
        try:
            await channels.sync_channel()(sync)
        except Killed:
            deaths += 1
        else:
            break
        finally:
            house.mortal.left = None
        await house.sync(channel)
        assert await house.taken(rooms, of=2) == [5, 6, 11, 12, 13, 20]
        assert set((await house.left(rooms)).values()) == {1, 2}

    findings = await house.desk.container.verification()()
    live = await house.foreign(channel, state="live")
    assert deaths >= 6
    assert not findings
    assert [one["uid"] for one in live] == ["stays@x", "moves@x", "comes@x"]
