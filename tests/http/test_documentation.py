"""Documentation is found over HTTP, with the place that says it."""

from typing import Any

import pytest

from domain.kernel.actors import Permission
from tests.http.desk import Desk, problem
from tests.http.kept_pages import SITE, keep, page

pytestmark = pytest.mark.anyio

URL = "https://docs.example/tasks"


async def found(desk: Desk, words: str, **filters: Any) -> Any:
    answer = await desk.get("/v1/passages/search", params={"q": words, **filters})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_passages_come_with_their_place(desk: Desk) -> None:
    await keep(desk, page("Run awaitables concurrently.", anchor="asyncio.gather"))

    (passage,) = (await found(desk, "how do I run awaitables concurrently?"))["items"]

    assert passage["url"] == f"{URL}#asyncio.gather"
    assert passage["path"] == ["Tasks", "asyncio.gather"]
    assert (passage["language"], passage["version"]) == ("en", "3.11")
    marked = [passage["text"][each["start"] : each["end"]] for each in passage["highlights"]]
    assert marked == ["Run", "awaitables", "concurrently"]
    assert (await found(desk, "awaitables", language="de"))["items"] == []
    assert (await found(desk, "awaitabels"))["instead"] == ["awaitables"]
    shown = await desk.get(f"/v1/pages/{passage['page_id']}")
    assert (shown.json()["url"], shown.json()["site_id"]) == (URL, str(SITE))


async def test_what_is_found_goes_on_behind_the_cursor(desk: Desk) -> None:
    await keep(desk, *(page(f"Rooms {each}", url=f"{URL}/{each}") for each in range(5)))

    first = await found(desk, "rooms", limit=3)
    second = await found(desk, "rooms", limit=3, cursor=first["next"])
    listed = (await desk.get("/v1/pages", params={"site_id": str(SITE)})).json()

    urls = [each["url"] for each in (*first["items"], *second["items"])]
    assert urls == [f"{URL}/{each}" for each in range(5)]
    assert second["next"] is None
    assert [each["url"] for each in listed["items"]] == urls


async def test_what_stands_at_two_addresses_is_found_once(desk: Desk) -> None:
    await keep(desk, *(page("Rooms", url=f"{URL}/{each}") for each in ("index.html", "")))

    answer = await found(desk, "rooms", limit=1)

    (passage,) = answer["items"]
    assert (passage["url"], answer["next"]) == (f"{URL}/", None)
    assert passage["also_at"] == [{"url": f"{URL}/index.html", "version": "3.11"}]


async def test_changes_are_found_at_once(desk: Desk) -> None:
    await keep(desk, page("Rooms"))
    before = await found(desk, "rooms")
    assert await found(desk, "rooms") == before

    await keep(desk, page("Cabins"))

    assert (await found(desk, "rooms"))["items"] == []
    assert (await found(desk, "cabins"))["items"] != []


async def test_only_who_may_read_it_finds_it(desk: Desk) -> None:
    other = await desk.caller(frozenset({Permission.READ_BOOKINGS}))

    refused = await other.get("/v1/passages/search", params={"q": "rooms"})

    assert problem(refused) == (403, "not_permitted")
    assert (await desk.get("/v1/passages/search")).status_code in (400, 422)
