"""What people note of calls, over HTTP."""

from typing import Any

import httpx
import pytest

from domain.kernel.actors import Permission
from tests.http.calling import of, talks
from tests.http.desk import Caller, Desk, problem

pytestmark = pytest.mark.anyio

NOTE: dict[str, Any] = {"text": "Asks for two.", "category": "sales", "tags": ["thursday"]}
ANY = {"If-Match": "*"}


async def noted(caller: Caller, call: httpx.Response, **members: Any) -> httpx.Response:
    answer = await caller.post(of(call, "notes"), {**NOTE, **members})
    assert answer.status_code == 201, answer.text
    return answer


async def test_own_notes_are_changed_and_taken_back_and_nothing_is_lost(desk: Desk) -> None:
    call = await talks(desk)
    first = await noted(desk, call)
    second = await noted(desk, call, text="Has a card.")
    path = first.headers["Location"]

    tag = {"If-Match": first.headers["ETag"]}
    changed = await desk.send("PUT", path, json={"text": "Asks for three."}, headers=tag)
    late = await desk.send("PUT", path, json={"text": "Asks for one."}, headers=tag)
    listed = (await desk.get(of(call, "notes"))).json()["items"]
    removed = await desk.send("DELETE", second.headers["Location"], headers=ANY)
    left = (await desk.get(of(call, "notes"))).json()["items"]
    history = (await desk.get(path)).json()
    gone = await desk.send("PUT", second.headers["Location"], json=NOTE, headers=ANY)

    assert (changed.json()["text"], changed.json()["tags"]) == ("Asks for three.", [])
    assert problem(late) == (412, "version_changed")
    assert sorted(note["text"] for note in listed) == ["Asks for three.", "Has a card."]
    assert removed.json()["removed_at"] is not None
    assert [note["id"] for note in left] == [first.json()["id"]]
    assert [one["text"] for one in history["wordings"]] == ["Asks for two.", "Asks for three."]
    assert problem(gone) == (404, "call_note_not_found")


async def test_notes_are_changed_by_nobody_else(desk: Desk) -> None:
    call = await talks(desk)
    note = await noted(desk, call)
    colleague = await desk.caller(frozenset({Permission.HANDLE_OWN_CALLS}))
    path = note.headers["Location"]

    assert (await colleague.get(path)).json()["note"]["text"] == NOTE["text"]
    changed = await colleague.send("PUT", path, json=NOTE, headers=ANY)
    removed = await colleague.send("DELETE", path, headers=ANY)
    assert problem(changed) == problem(removed) == (403, "somebody_elses_note")


async def test_notes_of_calls_that_are_not_theirs_are_not_there(desk: Desk) -> None:
    call = await talks(desk)
    await desk.post(of(call, "accept"))
    note = await noted(desk, call)
    colleague = await desk.caller(frozenset({Permission.HANDLE_OWN_CALLS}))

    for path in (of(call, "notes"), note.headers["Location"]):
        assert problem(await colleague.get(path)) == (404, "call_not_found")
    assert problem(await colleague.post(of(call, "notes"), NOTE)) == (404, "call_not_found")
