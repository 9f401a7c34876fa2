"""Files that are handed in, and read like those that lie elsewhere."""

import base64
from typing import Any

import attrs
import httpx
import pytest

from adapters.mapping.data_sources import PART_OF_FILE
from tests.http.desk import Desk, problem
from tests.http.test_pipelines import names, run

pytestmark = pytest.mark.anyio

ANYTHING = {"If-Match": "*"}
HEADER = "key,name,zone,offering.kind,offering.beds\n"


def rooms(first: int, until: int, *, name: str = "Room") -> str:
    rows = (f"room-{each},{name} {each},Europe/Lisbon,hotel,2\n" for each in range(first, until))
    return HEADER + "".join(rows)


@attrs.frozen
class Handed:
    desk: Desk
    source: str

    @classmethod
    async def to(cls, desk: Desk, **changes: Any) -> "Handed":
        made = await desk.post("/v1/data-sources", {"name": "Rooms", "kind": "csv", **changes})
        assert made.status_code == 201, made.text
        return cls(desk, made.json()["id"])

    async def put(self, content: str) -> httpx.Response:
        said = {"content": base64.b64encode(content.encode()).decode()}
        path = f"/v1/data-sources/{self.source}/file"
        return await self.desk.send("PUT", path, json=said, headers=ANYTHING)

    async def asked(self, turn: str) -> Any:
        headers = {} if turn == "validate" else ANYTHING
        path = f"/v1/data-sources/{self.source}/{turn}"
        return (await self.desk.post(path, headers=headers)).json()

    async def piped(self) -> str:
        about = {
            "name": "Rooms",
            "target": "offerings",
            "source_id": self.source,
            "definition": {"key": "key"},
        }
        return str((await self.desk.post("/v1/pipelines", about)).json()["id"])


async def test_a_file_is_handed_in_read_and_replaced(any_desk: Desk) -> None:
    handed = await Handed.to(any_desk)
    nothing = await handed.asked("validate")
    put = await handed.put(rooms(0, 3))
    there = await handed.asked("validate")
    await handed.asked("activate")
    pipeline = await handed.piped()
    first = await run(any_desk, pipeline)
    await handed.put(rooms(1, 5))
    second = await run(any_desk, pipeline)

    assert (nothing["reachable"], nothing["attempt"]["reason"]) == (False, "no_file")
    assert (put.status_code, put.json()["state"], put.json()["address"]) == (200, "draft", None)
    assert (there["reachable"], there["data_source"]["state"]) == (True, "verified")
    assert (first["state"], first["counts"]["new"]) == ("succeeded", 3)
    assert (second["counts"]["new"], second["counts"]["unchanged"]) == (2, 2)
    assert second["counts"]["deleted"] == 1
    assert await names(any_desk) == [f"Room {each}" for each in range(5)]


async def test_a_file_of_several_parts_is_one_file(any_desk: Desk) -> None:
    """Bytes of a record may lie in two parts, and a page begins anywhere."""
    handed = await Handed.to(any_desk, kind="json_lines")
    line = '{{"key": "room-{}", "name": "Käthe {}", "about": "{}"}}\n'
    content = "".join(line.format(each, each, "ä" * 4000) for each in range(80))
    assert len(content.encode()) > 2 * PART_OF_FILE
    await handed.put(content)
    await handed.asked("validate")
    await handed.asked("activate")
    about = {
        "name": "Rooms",
        "target": "offerings",
        "source_id": handed.source,
        "definition": {
            "key": "key",
            "steps": [
                {"kind": "drop", "fields": ["about"]},
                {"kind": "constant", "field": "zone", "value": "Europe/Lisbon"},
                {"kind": "constant", "field": "offering.kind", "value": "hotel"},
                {"kind": "constant", "field": "offering.beds", "value": 2},
            ],
        },
    }
    made = await any_desk.post("/v1/pipelines", about)
    ended = await run(any_desk, made.json()["id"])

    assert (ended["state"], ended["counts"]["new"]) == ("succeeded", 80)


async def test_what_is_read_elsewhere_or_is_archived_takes_no_file(desk: Desk) -> None:
    elsewhere = await Handed.to(desk, address="https://crm.example.com/rooms.csv")
    archived = await Handed.to(desk)
    await archived.put(rooms(0, 1))
    await desk.send("DELETE", f"/v1/data-sources/{archived.source}", headers=ANYTHING)
    api = {"name": "Api", "kind": "json_api"}

    assert problem(await elsewhere.put(rooms(0, 1))) == (422, "bad_connection")
    assert problem(await archived.put(rooms(0, 1))) == (409, "wrong_source_state")
    assert problem(await desk.post("/v1/data-sources", api)) == (422, "bad_connection")
