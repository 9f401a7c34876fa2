"""Resources of any kind, put on sale, and bookings of them, made step by step."""

from typing import Any

import httpx

from tests.http.desk import TERMS, Desk


async def on_sale(desk: Desk, resource: Any, *openings: Any) -> str:
    """Added, priced and opened."""
    added = await desk.post("/v1/resources", resource)
    assert added.status_code == 201, added.text
    resource_id = str(added.json()["id"])
    address = f"/v1/resources/{resource_id}"
    priced = await desk.send(
        "PUT", f"{address}/sales-terms", json=TERMS, headers={"If-None-Match": "*"}
    )
    assert priced.status_code == 201, priced.text
    for opening in openings:
        opened = await desk.post(f"{address}/openings", opening)
        assert opened.status_code == 200, opened.text
    return resource_id


async def held(desk: Desk, request: Any) -> httpx.Response:
    """Quoted and held."""
    quoted = await desk.post("/v1/quotes", request)
    assert quoted.status_code == 201, quoted.text
    return await desk.post("/v1/holds", {"quote_id": quoted.json()["id"]})


async def confirmed(desk: Desk, request: Any) -> httpx.Response:
    return await desk.step(await held(desk, request), "confirm")


async def set_to(desk: Desk, setting: str, value: Any) -> None:
    path = f"/v1/settings/{setting}"
    answer = await desk.send("PUT", path, json={"value": value}, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
