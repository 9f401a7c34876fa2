"""Passages of documentation that are quoted in calls, over HTTP: they stay as they were."""

from datetime import timedelta
from typing import Any

import attrs
import httpx
import pytest

from adapters.repositories.pages import SqlLibraryWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from domain.kernel.actors import Permission
from tests.http.call_desk import CallDesk
from tests.http.calling import CALLER, goes_on, of, talks
from tests.http.desk import Caller, Desk, problem
from tests.http.kept_pages import SITE, keep, page
from tests.http.test_customers import erase
from tests.samples import NOW

pytestmark = pytest.mark.anyio

URL = "https://docs.example/tasks"
LATER = NOW + timedelta(days=1)


async def found(desk: Desk, words: str) -> str:
    answer = await desk.get("/v1/passages/search", params={"q": words})
    return str(answer.json()["items"][0]["id"])


async def quotes(caller: Caller, call: httpx.Response, passage: str) -> httpx.Response:
    return await caller.post(of(call, "quotations"), {"passage_id": passage})


async def quoted(caller: Caller, call: httpx.Response, passage: str) -> httpx.Response:
    answer = await quotes(caller, call, passage)
    assert answer.status_code == 201, answer.text
    return answer


async def listed(caller: Caller, call: httpx.Response) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await caller.get(of(call, "quotations"))).json()["items"]
    return items


async def forget(desk: Desk, url: str) -> None:
    work = SqlUnitOfWork(
        database=desk.container.database(),
        work_on=SqlLibraryWork.on,
        new_id=desk.container.new_id(),
        clock=desk.container.clock(),
    )
    await work(desk.actor, lambda work: work.pages.forget(SITE, url, at=LATER))


async def test_a_quotation_stays_and_tells_what_became_of_its_page(any_desk: Desk) -> None:
    desk, call = any_desk, await talks(any_desk)
    before = page("Run awaitables concurrently.", anchor="asyncio.gather")
    await keep(desk, before)
    first = await quoted(desk, call, await found(desk, "awaitables"))
    again = await quoted(desk, call, first.json()["passage_id"])

    assert first.json() == {
        **again.json(),
        "id": first.json()["id"],
        "url": f"{URL}#asyncio.gather",
        "path": ["Tasks", "asyncio.gather"],
        "text": "Run awaitables concurrently.",
        "version": "3.11",
        "fetched_at": NOW.isoformat().replace("+00:00", "Z"),
    }
    assert {(one["source"], one["left_at"]) for one in await listed(desk, call)} == {
        ("current", None)
    }
    changed = page("Run them side by side.", anchor="asyncio.gather")
    await keep(desk, attrs.evolve(changed, fetched_at=LATER))
    shown = (await desk.get(first.headers["Location"])).json()
    assert shown["quotation"] == first.json()
    assert (shown["source"], shown["left_at"]) == ("changed", LATER.isoformat()[:19] + "Z")

    await forget(desk, URL)
    assert [one["source"] for one in await listed(desk, call)] == ["gone", "gone"]
    await keep(desk, before)
    back = await listed(desk, call)
    assert [(one["source"], one["left_at"]) for one in back] == [("current", None)] * 2
    assert back[-1]["quotation"] == first.json()


async def test_it_stands_in_the_timeline_and_is_handed_over(desk: Desk) -> None:
    await keep(desk, page("Cancel within the hour."))
    calls = CallDesk(desk=desk)
    _, acts_as = await calls.acting()
    await calls.agent(acts_as=acts_as)
    call = await talks(desk)
    quotation = (await quoted(desk, call, await found(desk, "cancel"))).json()
    escalation = await calls.escalate(call.json()["id"])

    items = (await desk.get(of(call, "timeline"))).json()["items"]
    told = await desk.get(f"/v1/escalations/{escalation.json()['id']}/hand-over")
    with desk.statements() as seen:
        await listed(desk, call)
    assert [
        (item["name"], item["data"]["quotation_id"])
        for item in items
        if item["source"] == "quotation"
    ] == [("passage_quoted", quotation["id"])]
    assert [one["quotation"] for one in told.json()["quotations"]] == [quotation]
    assert len(seen) == 2


async def test_it_is_quoted_while_the_call_lasts_by_whoever_may_read_it(desk: Desk) -> None:
    await keep(desk, page("Cancel within the hour."))
    call, passage = await talks(desk), await found(desk, "cancel")
    deaf = await desk.caller(frozenset({Permission.WRITE_CALLS}))
    stranger = await desk.caller(
        frozenset({Permission.HANDLE_OWN_CALLS, Permission.READ_DOCUMENTATION})
    )
    other = await talks(desk, "pbx-2")
    await desk.post(of(other, "accept"))

    assert problem(await quotes(deaf, call, passage)) == (403, "not_permitted")
    assert problem(await quotes(stranger, other, passage)) == (404, "call_not_found")
    assert problem(await quotes(desk, call, str(SITE))) == (404, "passage_not_found")
    unknown = await desk.get(of(call, f"quotations/{SITE}"))
    assert problem(unknown) == (404, "quotation_not_found")
    await goes_on(desk, call, "completed")
    assert problem(await quotes(desk, call, passage)) == (409, "call_over")
    assert await listed(desk, call) == []


async def test_it_is_shown_to_the_customer_and_forgotten_with_them(desk: Desk) -> None:
    await keep(desk, page("Cancel within the hour."))
    rooms = await desk.rooms()
    contact = {"name": "Ana", "email": "qanari@example.com", "phone": CALLER}
    await desk.hold(rooms, contact=contact)
    call = await talks(desk)
    await quoted(desk, call, await found(desk, "cancel"))

    export = await desk.post("/v1/customers/export", {"email": "qanari@example.com"})
    (kept,) = export.json()["calls"]
    assert [(one["kind"], one["text"]) for one in kept["words"]] == [
        ("quotation", "Cancel within the hour.")
    ]
    assert (await erase(desk, even_if_booked=True)).status_code == 200
    assert await listed(desk, call) == []
