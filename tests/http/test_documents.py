"""Documents that people hand in, over HTTP."""

from base64 import b64encode
from typing import Any

import httpx
import pytest

from domain.kernel.actors import Permission
from tests.http.desk import Caller, Desk, problem

pytestmark = pytest.mark.anyio

RULES = b"# House rules\n\n## Keys\n\nKeys are at the desk.\n\n## Pets\n\nDogs are welcome.\n"


def file(body: bytes = RULES, **members: Any) -> dict[str, Any]:
    return {"title": "House rules", "content": b64encode(body).decode(), **members}


async def hands_in(caller: Caller, body: bytes = RULES, **members: Any) -> httpx.Response:
    return await caller.post("/v1/documents", file(body, **members))


async def found(desk: Desk, words: str, **filters: Any) -> list[Any]:
    answer = await desk.get("/v1/passages/search", params={"q": words, **filters})
    passages: list[Any] = answer.json()["items"]
    return passages


async def test_what_is_handed_in_is_found_replaced_and_taken_away(any_desk: Desk) -> None:
    desk = any_desk
    added = await hands_in(desk, language="en", release="2027")
    assert added.status_code == 201, added.text
    path, document = added.headers["Location"], added.json()

    (keys,) = await found(desk, "keys", site_id=document["id"])
    assert (document["format"], document["size"]) == ("markdown", len(RULES))
    assert (keys["url"], keys["language"], keys["version"]) == (f"{path}#keys", "en", "2027")
    assert (await desk.get(path)).json() == document
    listed = (await desk.get("/v1/documents", params={"limit": 1})).json()
    assert (listed["items"], listed["next"]) == ([document], None)

    tag = {"If-Match": added.headers["ETag"]}
    other = file(RULES.replace(b"Dogs are", b"Nobody is"))
    replaced = await desk.send("PUT", path, json=other, headers=tag)
    late = await desk.send("PUT", path, json=other, headers=tag)
    assert replaced.status_code == 200, replaced.text
    assert problem(late) == (412, "version_changed")
    assert await found(desk, "dogs") == []
    assert [one["id"] for one in await found(desk, "keys")] == [keys["id"]]

    gone = await desk.send("DELETE", path, headers={"If-Match": replaced.headers["ETag"]})
    assert gone.status_code == 200, gone.text
    assert await found(desk, "keys") == []
    assert problem(await desk.get(path)) == (404, "document_not_found")
    again = await desk.send("DELETE", path, headers={"If-Match": "*"})
    assert problem(again) == (404, "document_not_found")


async def test_what_cannot_be_read_and_who_may_not_hand_in_are_refused(desk: Desk) -> None:
    reader = await desk.caller(frozenset({Permission.READ_DOCUMENTATION}))

    refused = await hands_in(desk, b"\x89PNG\0")
    assert problem(refused) == (422, "unreadable_document")
    assert "unknown_format" in refused.json()["detail"]
    assert problem(await hands_in(reader)) == (403, "not_permitted")
    garbled = await desk.post("/v1/documents", {**file(), "content": "?"})
    assert problem(garbled) == (400, "malformed_request")
    assert (await desk.get("/v1/documents")).json()["items"] == []
