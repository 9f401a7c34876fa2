"""What is found in a call: as many passages as the desk has set, and none that hardly fits."""

from typing import Any

import httpx
import pytest

from domain.kernel.actors import Permission
from tests.http.calling import goes_on, talks
from tests.http.desk import Caller, Desk, problem
from tests.http.kept_pages import keep, page

pytestmark = pytest.mark.anyio

URL = "https://docs.example/"
BEST = "Cancel a booking: the fee for cancelling a booking."


async def search(caller: Caller, call: httpx.Response | None, **asked: Any) -> httpx.Response:
    headers = {} if call is None else {"Call-Id": call.json()["id"]}
    params = {"q": "cancel booking fee", **asked}
    return await caller.send("GET", "/v1/passages/search", params=params, headers=headers)


async def sets(desk: Desk, key: str, value: Any) -> None:
    headers = {"If-Match": "*"}
    body = {"value": value}
    changed = await desk.send("PUT", f"/v1/settings/{key}", json=body, headers=headers)
    assert changed.status_code == 200, changed.text


def fits(answer: httpx.Response) -> list[float]:
    return [one["fit"] for one in answer.json()["items"]]


async def test_a_call_finds_few_and_none_that_hardly_fits(any_desk: Desk) -> None:
    desk, call = any_desk, await talks(any_desk)
    alike = [page(f"{BEST} Part {number}.", url=f"{URL}{number}") for number in range(7)]
    far = page("Parking costs no fee.", url=f"{URL}far")
    await keep(desk, *alike, far)

    everything = await search(desk, None)
    assert len(fits(everything)) == 8
    assert fits(everything)[0] == 1
    assert fits(everything)[-1] < 0.7

    found = await search(desk, call)
    assert [one["id"] for one in found.json()["items"]] == [
        one["id"] for one in everything.json()["items"][:5]
    ]
    assert found.json()["next"] is None

    await sets(desk, "knowledge.top_k", 50)
    assert fits(await search(desk, call)) == fits(everything)[:7]
    await sets(desk, "knowledge.threshold_percent", 0)
    assert fits(await search(desk, call)) == fits(everything)


async def test_a_call_is_turned_over_as_far_as_it_finds(desk: Desk) -> None:
    call = await talks(desk)
    await keep(
        desk, *(page(f"{BEST} Part {number}.", url=f"{URL}{number}") for number in range(7))
    )

    first = await search(desk, call, limit=3)
    rest = await search(desk, call, limit=3, cursor=first.json()["next"])

    assert (len(fits(first)), len(fits(rest))) == (3, 2)
    assert rest.json()["next"] is None


async def test_only_whoever_may_handle_a_call_that_is_up_searches_in_it(desk: Desk) -> None:
    call = await talks(desk)
    reader = await desk.caller(frozenset({Permission.READ_DOCUMENTATION}))

    refused = await search(reader, call)
    assert (await search(reader, None)).status_code == 200
    await goes_on(desk, call, "completed")
    over = await search(desk, call)

    assert problem(refused) == (403, "not_permitted")
    assert problem(over) == (409, "call_over")
