"""Channels over HTTP: what is busy is told, and no echo is heard."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from adapters.connectors.feeds import read_feed
from domain.kernel.actors import Permission
from tests.fakes.time import Time
from tests.http.channel_house import (
    FEED,
    House,
    busy,
    event,
    fetched,
    opened,
    told,
)
from tests.http.desk import Desk, problem

pytestmark = pytest.mark.anyio


@pytest.fixture
async def house(any_url: str, clock: Time) -> AsyncIterator[House]:
    async with opened(any_url, clock) as house:
        yield house


async def test_a_feed_tells_what_is_busy_and_keeps_its_names(house: House, clock: Time) -> None:
    desk = house.desk
    rooms = await desk.rooms(capacity=1)
    channel = await house.channel(rooms, feed=None)
    first = await fetched(desk, channel)
    booking = await desk.hold(rooms, check_in="2027-03-10", check_out="2027-03-13")
    clock.now += timedelta(minutes=1)
    sold = await fetched(desk, channel)
    again = await fetched(desk, channel)
    same = await fetched(desk, channel, **{"If-None-Match": sold.headers["ETag"]})
    since = await fetched(desk, channel, **{"If-Modified-Since": sold.headers["Last-Modified"]})
    more = await desk.hold(rooms, check_in="2027-03-13", check_out="2027-03-14")
    longer = await fetched(desk, channel)
    await desk.post(
        f"/v1/bookings/{more.json()['id']}/release", headers={"If-Match": more.headers["ETag"]}
    )
    await desk.post(
        f"/v1/bookings/{booking.json()['id']}/release",
        headers={"If-Match": booking.headers["ETag"]},
    )
    free = await fetched(desk, channel)
    clock.now += timedelta(days=31)
    forgotten = await fetched(desk, channel)

    assert busy(first) == []
    assert busy(sold) == [told(10, 13, "CONFIRMED", 0)]
    assert (again.content, again.headers["ETag"]) == (sold.content, sold.headers["ETag"])
    assert sold.headers["content-type"].startswith("text/calendar")
    assert (same.status_code, same.content) == (304, b"")
    assert since.status_code == 304
    assert busy(longer) == [told(10, 14, "CONFIRMED", 1)]
    assert busy(free) == [told(10, 14, "CANCELLED", 2)]
    names = {
        one.uid for feed in (sold, longer, free) for one in read_feed(feed.content, most=9).events
    }
    assert len(names) == 1
    assert "Ana" not in sold.text
    assert "BEGIN:VEVENT" not in forgotten.text


async def test_a_link_is_secret_and_can_be_rotated(desk: Desk) -> None:
    rooms = await desk.rooms(capacity=1)
    added = await desk.post("/v1/channels", {"resource_id": rooms, "name": "Flats"})
    path = f"/v1/channels/{added.json()['id']}"
    rotated = await desk.post(f"{path}/rotate-link", headers={"If-Match": "*"})
    old, new = await fetched(desk, added), await fetched(desk, rotated)
    forged = await desk.nobody().get("/v1/feeds/" + "x" * 75 + ".ics")
    archived = await desk.send("DELETE", path, headers={"If-Match": "*"})
    gone = await fetched(desk, rotated)
    reader = await desk.caller(frozenset({Permission.READ_PIPELINES}))
    refused = await reader.post("/v1/channels", {"resource_id": rooms, "name": "Flats"})

    assert problem(old) == problem(forged) == problem(gone) == (404, "no_such_feed")
    assert new.status_code == 200
    assert (archived.json()["state"], archived.json()["link"]) == ("archived", None)
    assert problem(refused) == (403, "not_permitted")


async def test_two_desks_that_feed_each_other_do_not_echo(house: House) -> None:
    desk = house.desk
    here, there = await desk.rooms(capacity=1), await desk.rooms(capacity=1)
    ours = await house.channel(here, feed=house.site.url("/there.ics"))
    theirs = await house.channel(there, feed=house.site.url("/here.ics"))
    await desk.hold(here, check_in="2027-03-10", check_out="2027-03-12")
    await desk.hold(there, check_in="2027-03-20", check_out="2027-03-22")

    async def round_trip() -> list[dict[str, Any]]:
        found = []
        for channel, source, path in ((theirs, ours, "/here.ics"), (ours, theirs, "/there.ics")):
            # As from another installation: nobody there knows what we have named.
            said = (await fetched(desk, source)).text.replace("@frontdesk", "@elsewhere")
            house.site.says(path, said)
            found.append((await house.sync(channel))["sync"])
        return found

    first = await round_trip()
    for _ in range(3):
        for sync in await round_trip():
            assert (sync["taken"], sync["moved"], sync["cancelled"]) == (0, 0, 0)

    assert [(sync["taken"], sync["clashing"]) for sync in first] == [(1, 0), (1, 0)]
    assert await house.taken(here, of=1) == [10, 11, 20, 21]
    assert await house.taken(there, of=1) == [10, 11, 20, 21]
    assert busy(await fetched(desk, ours)) == [told(10, 12, "CONFIRMED", 0)]
    assert busy(await fetched(desk, theirs)) == [told(20, 22, "CONFIRMED", 0)]


async def test_events_that_we_have_sent_are_not_taken_back(house: House) -> None:
    desk, rooms = house.desk, await house.desk.rooms(capacity=2)
    await desk.hold(rooms, check_in="2027-03-10", check_out="2027-03-12", rooms=2, guests=2)
    channel = await house.channel(rooms)
    house.site.says(FEED, (await fetched(desk, channel)).text)

    synced = await house.sync(channel)

    assert (synced["sync"]["echoes"], synced["sync"]["taken"]) == (1, 0)


async def test_a_session_is_busy_as_a_whole(house: House) -> None:
    desk = house.desk
    session = await desk.session(capacity=1)
    channel = await house.channel(session)
    before = await fetched(desk, channel)
    house.says(
        "BEGIN:VEVENT\r\nUID:s@x\r\nDTSTART:20270320T090000Z\r\nDTEND:20270320T120000Z\r\n"
        "END:VEVENT",
        event("elsewhere@x", 22, 23),
    )
    synced = await house.sync(channel)
    other = await house.channel(session, feed=None)
    after = await fetched(desk, other)

    assert busy(before) == []
    assert (synced["sync"]["taken"], synced["sync"]["clashing"]) == (1, 0)
    assert "DTSTART:20270320T093000Z" in after.text


async def test_what_cannot_be_is_refused(desk: Desk) -> None:
    rooms = await desk.rooms(capacity=1)
    about = {"resource_id": rooms, "name": "Flats"}
    bad = await desk.post("/v1/channels", {**about, "feed": "https://ana:word@example.com/x"})
    part = await desk.post("/v1/channels", {**about, "part": "economy"})
    added = await desk.post("/v1/channels", about)
    no_feed = await desk.post(f"/v1/channels/{added.json()['id']}/sync")
    changed = await desk.send(
        "PATCH",
        f"/v1/channels/{added.json()['id']}",
        json={"feed": "https://www.example.com/a.ics?s=secret", "every_minutes": 60},
        headers={"If-Match": "*"},
    )

    assert problem(bad) == (422, "bad_feed")
    assert problem(part) == (422, "not_sold_in_parts")
    assert problem(no_feed) == (409, "no_feed")
    assert changed.json()["feed_host"] == "www.example.com"
    assert "secret" not in changed.text
