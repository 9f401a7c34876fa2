"""Telephone numbers are found, bought and released over HTTP, of the simulator."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from application.calls.order_desk_numbers import SettleNumberOrders
from domain.kernel.actors import Actor, Permission
from tests.fakes.time import Time
from tests.http.call_desk import CallDesk
from tests.http.desk import Desk, problem, program

pytestmark = pytest.mark.anyio

AVAILABLE = "/v1/available-phone-numbers?country=GB"
PURCHASES = "/v1/phone-numbers/purchases"
KEY = {"Idempotency-Key": "reservations"}


@pytest.fixture
async def buyer(any_url: str, clock: Time, tmp_path: Path) -> AsyncIterator[Desk]:
    async with program(
        any_url, clock, telephony="simulator", data_dir=tmp_path / "data"
    ) as container:
        yield await Desk.opened(container, clock)


async def bought(desk: Desk, number: str, **said: Any) -> httpx.Response:
    body = {"number": number, "label": "Reservations", **said}
    return await desk.send("POST", PURCHASES, json=body, headers=KEY)


async def released(desk: Desk, one: httpx.Response) -> httpx.Response:
    path = f"/v1/phone-numbers/{one.json()['id']}/release"
    said = {"If-Match": one.headers["ETag"], "Idempotency-Key": one.headers["ETag"]}
    return await desk.send("POST", path, headers=said)


async def numbers(desk: Desk) -> list[str]:
    items = (await desk.get(f"{AVAILABLE}&limit=2")).json()["items"]
    return [one["number"] for one in items]


async def test_a_number_is_found_bought_rung_and_given_back(buyer: Desk) -> None:
    desk = buyer
    calls = CallDesk(desk=desk)
    billing = (await calls.queue(title="Billing")).json()["id"]
    number, second = await numbers(desk)
    first = await bought(desk, number, rings_for={"queue_id": billing})
    again = await bought(desk, number, rings_for={"queue_id": billing})
    listed = (await desk.get("/v1/phone-numbers")).json()["items"]

    assert first.status_code == 201, first.text
    assert (first.json()["status"], first.json()["provider"]) == ("active", "simulator")
    assert (first.json()["bought"], first.json()["order"]) == (True, None)
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (first.json(), "true")
    assert [one["id"] for one in listed] == [first.json()["id"]]
    assert (await numbers(desk))[0] == second

    taken = await desk.post("/v1/phone-numbers", {"number": number, "label": "Again"})
    by_hand = await desk.send(
        "PUT",
        f"/v1/phone-numbers/{first.json()['id']}",
        json={"label": "Desk", "status": "released"},
        headers={"If-Match": "*"},
    )
    assert problem(taken) == (409, "phone_number_taken")
    assert problem(by_hand) == (409, "phone_number_bought")

    back, once_more = await released(desk, first), await released(desk, first)
    assert (once_more.json(), once_more.headers["Idempotency-Replayed"]) == (back.json(), "true")
    assert (back.json()["status"], back.json()["bought"]) == ("released", False)
    assert (await numbers(desk))[0] == number
    assert problem(await released(desk, back)) == (409, "phone_number_not_bought")
    await desk.relay()
    trail = (await desk.get("/v1/audit")).json()["items"]
    told = [one["kind"] for one in trail if one["kind"].startswith("phone_number")]
    assert sorted(told) == ["phone_number_order_settled"] * 2 + ["phone_number_ordered"] * 2


async def test_what_is_not_for_sale_is_refused_and_what_was_lost_is_found(buyer: Desk) -> None:
    desk = buyer
    refused = await bought(desk, "+442079460004")
    lost = await bought(desk, "+442079460009")
    (pending,) = (await desk.get("/v1/phone-numbers")).json()["items"]
    desk.clock.passes(timedelta(minutes=1))
    numbers: Any = desk.container.calls.numbers
    settle = numbers.settle_orders()
    actor = Actor.system(desk.actor.organization_id)

    assert (refused.status_code, refused.json()["code"]) == (422, "telephony_refused")
    assert problem(lost) == (503, "telephony_unavailable")
    assert (pending["status"], pending["order"]) == ("pending", "purchase")
    assert await settle(SettleNumberOrders(actor=actor)) == 1
    found = await bought(desk, "+442079460009")
    shown = (await desk.get(f"/v1/phone-numbers/{pending['id']}")).json()
    assert (shown["status"], shown["bought"], shown["order"]) == ("active", True, None)
    assert (found.status_code, found.json()) == (201, shown)


async def test_who_may_spend_money_buys(buyer: Desk) -> None:
    manager = await buyer.caller(frozenset({Permission.WRITE_AGENTS}))
    offers = await manager.get(AVAILABLE)
    asked = {"number": offers.json()["items"][0]["number"], "label": "Desk"}
    bad = await buyer.get("/v1/available-phone-numbers?country=GBR&contains=x")

    assert problem(await manager.post(PURCHASES, asked)) == (403, "not_permitted")
    assert (await buyer.post(PURCHASES, asked)).status_code == 201
    assert {one["parameter"] for one in bad.json()["errors"]} == {"country", "contains"}


async def test_nobody_buys_without_a_line(desk: Desk) -> None:
    asked = {"number": "+442079460001", "label": "Desk"}

    assert problem(await desk.get(AVAILABLE)) == (409, "no_telephony")
    assert problem(await desk.post(PURCHASES, asked)) == (409, "no_telephony")


async def test_of_two_who_buy_one_number_at_once_one_has_it(buyer: Desk) -> None:
    """Whatever desk asks first at the shop: the other one is refused, and keeps nothing of it."""
    desks = [buyer, await Desk.opened(buyer.container, buyer.clock, slug="another")]
    (number, *_) = await numbers(buyer)

    answers = await asyncio.gather(*(bought(desk, number) for desk in desks))

    assert sorted(answer.status_code for answer in answers) == [201, 422]
    refused = next(answer for answer in answers if answer.status_code == 422)
    assert problem(refused) == (422, "telephony_refused")
    listed = [(await desk.get("/v1/phone-numbers")).json()["items"] for desk in desks]
    assert [len(items) for items in listed] == [int(each.status_code == 201) for each in answers]


async def test_bought_twice_at_once_by_one_desk_it_is_paid_for_once(buyer: Desk) -> None:
    (number, *_) = await numbers(buyer)
    body = {"number": number, "label": "Reservations"}

    answers = await asyncio.gather(*(buyer.post(PURCHASES, body) for _ in range(4)))

    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({each.json()["id"] for each in answers if each.status_code == 201}) == 1
    (one,) = (await buyer.get("/v1/phone-numbers")).json()["items"]
    assert (one["number"], one["status"], one["order"]) == (number, "active", None)
    assert {problem(each)[1] for each in answers if each.status_code == 409} <= {
        "phone_number_taken",
    }
