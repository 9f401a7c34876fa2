"""How far an import is, told while it runs: over a real socket, by a real worker."""

import json
from datetime import timedelta

import httpx
import pytest

from tests.contract.desks import SEASON, Desk
from tests.realtime.places import Served

pytestmark = pytest.mark.anyio

ROWS, NIGHTS = 3, 501


def opening(desk: Desk, number: int) -> str:
    """So many nights that it is taken by itself."""
    first = SEASON.until + timedelta(days=NIGHTS * number)
    row = {
        "resource_id": str(desk.resource_id),
        "from": str(first),
        "until": str(first + timedelta(days=NIGHTS)),
        "capacity": 4,
    }
    return json.dumps(row)


async def bring(served: Served, key: str, content: str) -> str:
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "once"}
    rows = {"target": "pools", "format": "jsonl", "content": content}
    async with httpx.AsyncClient(base_url=f"http://{served.address}") as http:
        started = await http.post("/v1/imports", headers=headers, json=rows)
    assert started.status_code == 202, started.text
    return str(started.json()["id"])


async def test_progress_is_told_in_order_until_all_is_done(
    served: Served, desk: Desk, key: str
) -> None:
    content = "\n".join([*(opening(desk, number) for number in range(ROWS)), "{}"])
    async with served.client(key) as client:
        await client.subscribe("*")
        import_id = await bring(served, key, content)
        await client.until("event", name="import_completed")

    told = [message for message in client.heard if message.get("subject") == import_id]
    assert [message["name"] for message in told] == [
        "import_started",
        *["import_progressed"] * (ROWS - 1),
        "import_completed",
    ]
    assert [message["data"]["taken"] for message in told] == [*range(ROWS + 1)]
    assert [message["data"]["rows"] for message in told] == [ROWS + 1] * (ROWS + 1)
    assert {message["data"]["refused"] for message in told} == {1}
    assert client.events.count("pools_opened") == ROWS
    assert client.positions == sorted(set(client.positions))
