"""Calls over HTTP: reported by a telephone system of the desk's own."""

from typing import Any

import httpx

from tests.http.desk import Caller

CALLER, OURS = "+442079460958", "+442079460000"


async def rings(desk: Caller, name: str = "pbx-1", **members: Any) -> httpx.Response:
    usual = {"name": name, "direction": "inbound", "caller": CALLER, "called": OURS}
    answer = await desk.post("/v1/calls/reports", {**usual, **members})
    assert answer.status_code == 201, answer.text
    return answer


async def goes_on(desk: Caller, call: httpx.Response, status: str | None) -> httpx.Response:
    word = "?" if status is None else status
    answer = await desk.post(of(call, "news"), {"event": word, "sequence": 1, "status": status})
    assert answer.status_code == 200, answer.text
    return answer


async def talks(desk: Caller, name: str = "pbx-1", **members: Any) -> httpx.Response:
    return await goes_on(desk, await rings(desk, name, **members), "in_progress")


def of(call: httpx.Response, what: str = "") -> str:
    return f"/v1/calls/{call.json()['id']}" + (f"/{what}" if what else "")


async def listed(desk: Caller, **query: Any) -> list[str]:
    """Their names."""
    answer = await desk.get("/v1/calls", params=query)
    assert answer.status_code == 200, answer.text
    return [call["provider_call"] for call in answer.json()["items"]]
