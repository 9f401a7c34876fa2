"""A customer calls, is read from the documentation, books, gets angry and is written up."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import attrs
import httpx
import pytest

from entrypoints.wiring.ambient import utc_now
from tests.fakes.time import Time
from tests.http.call_desk import CallDesk
from tests.http.calling import goes_on, of, talks
from tests.http.desk import SESSION, Desk, seats
from tests.http.kept_pages import keep, page
from tests.http.sales import set_to
from tests.http.test_call_quality import line
from tests.http.till import Till
from tests.realtime.places import Client, Served, a_container, serving
from tests.worker.offices import Place

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def opened(served: Served) -> AsyncIterator[Desk]:
    """A desk that is spoken to over the wire."""
    desk = await Desk.opened(served.container, Time(utc_now()))
    async with httpx.AsyncClient(base_url=f"http://{served.address}") as http:
        yield attrs.evolve(desk, http=http)


async def course(desk: Desk) -> str:
    """With two seats left, in ten days."""
    starts_at = (utc_now() + timedelta(days=10)).replace(microsecond=0)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=7)}
    offering = {"kind": "training", **{name: at.isoformat() for name, at in times.items()}}
    return await desk.on_sale({**SESSION, "offering": offering}, {"capacity": 2})


async def pays(till: Till, begun: httpx.Response) -> None:
    """By the link, proving to the bank who they are."""
    link = urlsplit(begun.json()["next_action"]["redirect_url"]).path
    for choice in ("three_d_secure", "confirm"):
        made = await till.desk.http.post(f"{link}/{choice}")
        assert made.status_code == 303, made.text
    assert (await till.come_back(begun)).status_code == 200


async def eventually(found: Callable[[], Awaitable[Any]]) -> Any:
    for _ in range(600):
        if what := await found():
            return what
        await asyncio.sleep(0.05)
    raise AssertionError("it never came")


async def listed(desk: Desk, call: httpx.Response, source: str) -> list[str]:
    """What of that is on the call's timeline."""
    items = (await desk.get(of(call, "timeline"), params={"limit": 100})).json()["items"]
    return [item["name"] for item in items if item["source"] == source]


async def holds(till: Till, session: str, shop: Client) -> httpx.Response:
    """Both seats, and everybody who watches the session sees them go."""
    wanted = seats(session, "Ana Sousa", "Rui Costa")
    quote = await till.desk.post("/v1/quotes", wanted)
    booking = await till.desk.post("/v1/holds", {"quote_id": quote.json()["id"]})
    assert booking.status_code == 201, booking.text
    gone = await shop.until("availability")
    assert [pool["free"] for pool in gone["pools"]] == [0]
    return booking


async def gets_angry(desk: Desk, call: httpx.Response) -> None:
    angry = line("customer", "Useless! I want to speak to a manager.", 1)
    assert (await desk.post(of(call, "lines"), {"lines": [angry]})).status_code == 201
    escalated = await eventually(lambda: listed(desk, call, "escalation"))
    assert "escalation_triggered" in escalated


async def quotes(desk: Desk, call: httpx.Response, desks: Client) -> None:
    """What the documentation says about it, which somebody changes while they speak."""
    await keep(desk, page("Whoever cannot come may send somebody else."))
    asked = {"q": "what if I cannot come?"}
    passage = (await desk.get("/v1/passages/search", params=asked)).json()["items"][0]
    quoted = await desk.post(of(call, "quotations"), {"passage_id": passage["id"]})
    assert quoted.status_code == 201, quoted.text
    await desks.until("event", name="passage_quoted")
    await keep(desk, page("Whoever cannot come loses their seat."))


async def knows_what_was_quoted(desk: Desk, call: httpx.Response) -> None:
    (shown,) = (await desk.get(of(call, "quotations"))).json()["items"]
    assert shown["quotation"]["text"] == "Whoever cannot come may send somebody else."
    assert shown["source"] == "changed"
    assert await listed(desk, call, "quotation") == ["passage_quoted"]


async def is_written_up(desk: Desk, call: httpx.Response, booking: httpx.Response) -> None:
    async def scored() -> bool:
        return (await desk.get(of(call))).json()["qa_score"] is not None

    assert await eventually(scored)
    sales = (await desk.get(of(call, "sales"))).json()
    assert [one["booking_id"] for one in sales["bookings"]] == [booking.json()["id"]]
    assert {"booking_held", "booking_confirmed"} <= set(await listed(desk, call, "booking"))
    assert {"payment_started", "payment_captured"} <= set(await listed(desk, call, "payment"))


async def test_the_story(postgres_place: Place, redis_url: str) -> None:
    async def papers() -> list[str]:
        return [one["Subject"] for one in postgres_place.papers()]

    container = a_container(postgres_place, payments="simulator", redis_url=redis_url)
    async with serving(container) as served, opened(served) as desk:
        await set_to(desk, "calls.holds_after", "release")
        await CallDesk(desk=desk).agent()
        session, key = await course(desk), desk.headers["Authorization"].split()[1]
        async with served.client(key) as desks, served.client(key) as shop:
            await desks.subscribe("calls")
            await shop.subscribe(session)
            call = await talks(desk)
            await desks.until("event", name="call_answered")
            assert (await desk.post(of(call, "accept"))).status_code == 200

            await quotes(desk, call, desks)
            in_call = {**desk.headers, "Call-Id": call.json()["id"]}
            till = Till(attrs.evolve(desk, headers=in_call))
            booking = await holds(till, session, shop)
            begun = await till.begin(booking)
            await gets_angry(desk, call)
            await goes_on(desk, call, "completed")
            await desks.until("event", name="call_ended")
            await pays(till, begun)
            await shop.until("event", name="booking_confirmed")

        assert await eventually(papers)
        await is_written_up(desk, call, booking)
        await knows_what_was_quoted(desk, call)
