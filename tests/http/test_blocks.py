"""Blocks over HTTP: set aside, drawn from, released, listed."""

from typing import Any

import httpx
import pytest

from tests.http.desk import Desk, problem, stay

pytestmark = pytest.mark.anyio

CONTACT = {"name": "Eva Group", "email": "eva@example.com"}


async def open_block(desk: Desk, resource_id: str, **changes: Any) -> httpx.Response:
    request = stay(resource_id)
    body = {
        "resource_id": resource_id,
        "from": request["check_in"],
        "until": request["check_out"],
        "units": 2,
        "contact": CONTACT,
        "note": "May group",
        "release_at": f"{request['check_in']}T00:00:00Z",
    }
    return await desk.post("/v1/blocks", body | changes)


async def draw(desk: Desk, resource_id: str, block: httpx.Response) -> httpx.Response:
    quote_id = await desk.quote(resource_id)
    body = {"quote_id": quote_id, "block_id": block.json()["id"]}
    return await desk.post("/v1/holds", body)


async def test_a_block_from_beginning_to_end(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=3)
    block = await open_block(desk, rooms)
    assert block.status_code == 201, block.text
    assert (block.json()["state"], block.json()["contact"]["name"]) == ("open", "Eva Group")

    assert (await draw(desk, rooms, block)).status_code == 201
    place = block.headers["Location"]
    now = await desk.get(place)
    assert {claim["units"] for claim in now.json()["left"]} == {1}
    released = await desk.post(
        f"{place}/release", {"units": 1}, headers={"If-Match": now.headers["ETag"]}
    )
    assert released.status_code == 200, released.text
    assert (released.json()["state"], released.json()["left"]) == ("released", [])
    refused = await draw(desk, rooms, block)
    assert problem(refused) == (409, "block_used_up")
    again = await desk.post(f"{place}/release", {}, headers={"If-Match": released.headers["ETag"]})
    assert problem(again) == (409, "block_not_open")


async def test_blocks_are_listed_by_resource_and_state(desk: Desk) -> None:
    rooms, others = await desk.rooms(capacity=3), await desk.rooms(capacity=3)
    blocks = [await open_block(desk, rooms, units=1) for _ in range(3)]
    await open_block(desk, others)
    assert {block.status_code for block in blocks} == {201}

    first = await desk.get("/v1/blocks", params={"resource_id": rooms, "limit": 2})
    rest = await desk.get(
        "/v1/blocks",
        params={"resource_id": rooms, "limit": 2, "cursor": first.json()["next"]},
    )
    ended = await desk.get("/v1/blocks", params={"state": "released"})

    listed = [one["id"] for page in (first, rest) for one in page.json()["items"]]
    assert sorted(listed) == sorted(block.json()["id"] for block in blocks)
    assert (rest.json()["next"], ended.json()["items"]) == (None, [])


async def test_a_block_is_refused_like_a_hold(desk: Desk) -> None:
    rooms = await desk.rooms(capacity=3)

    assert problem(await open_block(desk, rooms, units=4)) == (409, "sold_out")
    past = await open_block(desk, rooms, release_at="2020-01-01T00:00:00Z")
    assert problem(past) == (422, "released_at_once")
