"""Refunds over HTTP: what they come to is said first, and what was said is given back."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fakes.time import Time
from tests.http.desk import problem
from tests.http.till import Till

pytestmark = pytest.mark.anyio

PRICE = 9900
ASKED = {"amount_minor": 5000, "fee_minor": 500}


@pytest.fixture
async def till(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    sqlite_url: str,
    clock: Time,
    tmp_path: Path,
) -> AsyncIterator[Till]:
    async with Till.opened(sqlite_url, clock, tmp_path) as till:
        yield till


def path_of(begun: httpx.Response) -> str:
    return f"/v1/payments/{begun.json()['payment']['id']}"


async def quoted(till: Till, begun: httpx.Response) -> dict[str, Any]:
    answer = await till.desk.post(f"{path_of(begun)}/refund-quotes", ASKED)
    assert answer.status_code == 201, answer.text
    quote: dict[str, Any] = answer.json()
    return quote


async def ask(
    till: Till, begun: httpx.Response, quote: dict[str, Any], **options: Any
) -> httpx.Response:
    wanted = {"quote_id": quote["id"], "reason": "rain all week"}
    return await till.desk.post(f"{path_of(begun)}/refunds/as-quoted", wanted, **options)


async def test_what_was_quoted_is_given_back_once(till: Till) -> None:
    booking, begun = await till.paid()
    quote = await quoted(till, begun)
    unasked = await till.refunds(booking)
    asked = await ask(till, begun, quote, key="once")
    again = await ask(till, begun, quote, key="once")
    tag = {"If-Match": asked.headers["ETag"]}
    await till.desk.post(f"{asked.headers['Location']}/approve", headers=tag)
    await till.work(booking)

    assert {name: quote[name]["minor"] for name in ("amount", "fee", "paid_out", "unused")} == {
        "amount": 5000,
        "fee": 500,
        "paid_out": 4500,
        "unused": 0,
    }
    assert sum(line["amount"]["minor"] for line in quote["lines"]) == 5000
    assert unasked == []
    assert (asked.status_code, again.json()) == (201, asked.json())
    (refund,) = await till.refunds(booking)
    assert (refund["state"], refund["amount"]["minor"]) == ("succeeded", 5000)
    assert (await till.booking(booking)).json()["state"] == "confirmed"


async def test_what_has_changed_or_expired_is_quoted_anew(till: Till) -> None:
    _, begun = await till.paid()
    quote, other = await quoted(till, begun), await quoted(till, begun)
    till.desk.clock.passes(timedelta(minutes=1))
    assert (await ask(till, begun, quote)).status_code == 201
    changed = await ask(till, begun, other)
    late = await quoted_late(till)

    assert problem(changed) == (409, "refund_quote_outdated")
    assert problem(late) == (409, "quote_expired")


async def quoted_late(till: Till) -> httpx.Response:
    _, begun = await till.paid()
    quote = await quoted(till, begun)
    till.desk.clock.passes(timedelta(days=1))
    return await ask(till, begun, quote)


async def test_no_more_is_quoted_than_was_paid(till: Till) -> None:
    _, begun = await till.paid()
    address = f"{path_of(begun)}/refund-quotes"
    too_much = await till.desk.post(address, {"amount_minor": PRICE + 1})
    all_fee = await till.desk.post(address, {"amount_minor": 500, "fee_minor": 501})

    assert problem(too_much) == (409, "too_much_to_refund")
    assert problem(all_fee) == (422, "fee_above_refund")
