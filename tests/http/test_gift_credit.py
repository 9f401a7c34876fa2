"""Gift credit over HTTP: issued once, used by whoever has the code, and given back to."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fakes.time import Time
from tests.http.desk import problem
from tests.http.till import Till

pytestmark = pytest.mark.anyio

PRICE = 9900


@pytest.fixture
async def till(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    sqlite_url: str,
    clock: Time,
    tmp_path: Path,
) -> AsyncIterator[Till]:
    async with Till.opened(sqlite_url, clock, tmp_path) as till:
        yield till


async def issued(till: Till, amount: int) -> dict[str, Any]:
    sold = {"amount_minor": amount, "currency": "EUR", "paid_by": "cash"}
    answer = await till.desk.post("/v1/gift-credits", sold)
    assert answer.status_code == 201, answer.text
    return {**answer.json()["gift_credit"], "code": answer.json()["code"]}


async def use(till: Till, booking: httpx.Response, code: str, **options: Any) -> httpx.Response:
    path = f"/v1/bookings/{booking.json()['id']}/payments/gift-credit"
    return await till.desk.post(path, {"code": code}, **options)


async def left(till: Till, credit: dict[str, Any]) -> int:
    shown = (await till.desk.get(f"/v1/gift-credits/{credit['id']}")).json()
    assert credit["code"] not in str(shown)
    return int(shown["balance"]["minor"])


async def test_the_code_is_shown_once(till: Till) -> None:
    sold = {"amount_minor": 5000, "currency": "EUR", "paid_by": "cash"}
    first = await till.desk.post("/v1/gift-credits", sold, key="once")
    again = await till.desk.post("/v1/gift-credits", sold, key="once")
    listed = await till.desk.get("/v1/gift-credits")

    assert again.status_code == first.status_code == 201
    assert again.json() == {**first.json(), "code": None}
    assert [one["id"] for one in listed.json()["items"]] == [first.json()["gift_credit"]["id"]]
    assert first.json()["code"] not in listed.text


async def test_it_pays_as_far_as_it_goes_and_the_customer_pays_the_rest(till: Till) -> None:
    booking, credit = await till.held(), await issued(till, 4000)
    paid = await use(till, booking, credit["code"], key="once")
    again = await use(till, booking, credit["code"], key="once")
    used_up = await use(till, booking, credit["code"])
    unknown = await use(till, booking, "GIFT-0000-0000-0000-0000")
    begun = await till.begin(booking)
    await till.choose(begun, "success")
    await till.come_back(begun)

    assert (paid.status_code, paid.json()["method"]) == (201, "gift_credit")
    assert again.json() == paid.json()
    assert problem(used_up) == (409, "gift_credit_used_up")
    assert problem(unknown) == (422, "unknown_gift_code")
    assert await left(till, credit) == 0
    assert begun.json()["payment"]["amount"]["minor"] == PRICE - 4000
    assert (await till.booking(booking)).json()["state"] == "confirmed"
    assert await till.money(booking) == {"owed": PRICE, "paid": PRICE, "due": 0}


async def test_what_is_cancelled_goes_back_to_the_credit(till: Till) -> None:
    booking, credit = await till.held(), await issued(till, 2 * PRICE)
    await use(till, booking, credit["code"])
    used = await left(till, credit)
    await till.desk.step(await till.booking(booking), "cancel")
    await till.work(booking)

    assert used == PRICE
    assert await left(till, credit) == 2 * PRICE
    assert await till.money(booking) == {"owed": 0, "paid": 0, "due": 0}
