"""What is asked of documentation, what it lacks, and what is said of it, over HTTP."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.identity.roles import Role
from domain.kernel.actors import Permission
from tests.http.desk import Desk, problem
from tests.http.kept_pages import keep, page

pytestmark = pytest.mark.anyio


async def search(desk: Desk, words: str, **more: Any) -> Any:
    answer = await desk.get("/v1/passages/search", params={"q": words, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def asked(desk: Desk, **query: Any) -> list[tuple[str, int, int]]:
    await desk.container.documentation.asking().write()
    answer = await desk.get("/v1/documentation/queries", params=query)
    assert answer.status_code == 200, answer.text
    return [(one["words"], one["times"], one["found"]) for one in answer.json()["items"]]


async def test_gaps_are_what_was_asked_in_vain(desk: Desk) -> None:
    await keep(desk, *(page(f"Rooms {n}", url=f"https://docs.example/{n}") for n in range(3)))
    first = await search(desk, "Rooms?", limit=2)
    await search(desk, "Rooms?", limit=2, cursor=first["next"])
    await search(desk, " rooms")
    await search(desk, "Zeppelins for 4111 1111 1111 1111")

    gap = "zeppelins for [card]"
    assert await asked(desk) == [("rooms", 2, 3), (gap, 1, 0)]
    assert await asked(desk, answered=False) == [(gap, 1, 0)]
    assert await asked(desk, until=desk.clock.now.date().isoformat()) == []

    await keep(desk, page("Zeppelins", url="https://docs.example/zeppelins"))
    await search(desk, "zeppelins for 4111 1111 1111 1111")
    assert await asked(desk, answered=False) == []


async def test_periods_have_an_end(desk: Desk) -> None:
    today = desk.clock.now.date()
    for first, until in ((today, today), (today - timedelta(days=801), today)):
        query = {"from": first.isoformat(), "until": until.isoformat()}
        answer = await desk.get("/v1/documentation/queries", params=query)
        assert problem(answer) == (422, "bad_dates")


async def test_whoever_found_a_passage_says_whether_it_helped(desk: Desk) -> None:
    await keep(desk, page("Rooms"))
    (passage,) = (await search(desk, "rooms"))["items"]
    path = f"/v1/passages/{passage['id']}/feedback"
    said = {"relevant": False, "rating": 2, "comment": "It is about cabins.", "q": "Rooms?"}

    given = await desk.post(path, said, key="one")
    again = await desk.post(path, said, key="one")
    colleague = await desk.caller(frozenset({Permission.JUDGE_DOCUMENTATION}))
    other = await colleague.post(path, {"relevant": True})
    useless = {"passage_id": passage["id"], "relevant": "false"}
    (listed,) = (await desk.get("/v1/passages/feedback", params=useless)).json()["items"]

    assert given.status_code == 201, given.text
    assert given.content == again.content
    assert listed == given.json()
    assert (listed["url"], listed["page_id"]) == (passage["url"], passage["page_id"])
    assert listed["q"] == "rooms"
    assert other.json()["given_by"] != listed["given_by"]


async def test_feedback_that_says_nothing_is_refused(desk: Desk) -> None:
    await keep(desk, page("Rooms"))
    (passage,) = (await search(desk, "rooms"))["items"]
    path = f"/v1/passages/{passage['id']}/feedback"

    for bad in ({}, {"relevant": True, "rating": 6}, {"relevant": True, "rating": 0}):
        assert (await desk.post(path, bad)).status_code in (400, 422), bad
    unknown = await desk.post(f"/v1/passages/{uuid4()}/feedback", {"relevant": True})
    reader = await desk.caller(frozenset({Permission.READ_DOCUMENTATION}))
    assert problem(unknown) == (404, "passage_not_found")
    assert problem(await reader.post(path, {"relevant": True})) == (403, "not_permitted")
    assert Permission.JUDGE_DOCUMENTATION in Role.AGENT.permissions
