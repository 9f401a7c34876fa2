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


async def test_many_are_handed_in_at_once_and_told_of_one_by_one(any_desk: Desk) -> None:
    desk = any_desk
    prices = file(b"room,price\nsuite,200\n", title="Prices", language="en")
    several = {"documents": [file(), file(b"\x89PNG\0", title="A picture"), prices, file(b" ")]}
    key = {"Idempotency-Key": "many-at-once"}
    answer = await desk.send("POST", "/v1/documents/batch", json=several, headers=key)
    again = await desk.send("POST", "/v1/documents/batch", json=several, headers=key)

    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert (said["added"], said["refused"]) == (2, 2)
    assert [one["title"] for one in said["documents"]] == ["House rules", "Prices"]
    assert [(one["place"], one["code"]) for one in said["refusals"]] == [
        (1, "unreadable_document"),
        (3, "unreadable_document"),
    ]
    assert "unknown_format" in said["refusals"][0]["detail"]
    assert again.json() == said
    assert (await desk.get("/v1/documents")).json()["items"] == said["documents"]
    assert len(await found(desk, "suite")) == 1


async def test_no_more_than_a_few_are_handed_in_at_once(desk: Desk) -> None:
    reader = await desk.caller(frozenset({Permission.READ_DOCUMENTATION}))
    path = "/v1/documents/batch"

    assert problem(await reader.post(path, {"documents": [file()]})) == (403, "not_permitted")
    for documents in ([], [file()] * 21):
        refused = await desk.post(path, {"documents": documents})
        assert problem(refused) == (400, "malformed_request"), len(documents)
