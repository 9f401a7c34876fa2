"""How much documentation is used, told to whom, and where it has no answer."""

from datetime import timedelta
from typing import Any

import pytest

from application.analytics.count_calls import CountCalls
from domain.kernel.actors import Permission
from tests.http.calling import goes_on, talks
from tests.http.counting import hear
from tests.http.desk import Desk, problem
from tests.http.kept_pages import keep, page
from tests.http.test_quotations import URL, forget, found, quoted
from tests.http.test_use_of_documentation import search

pytestmark = pytest.mark.anyio

USE = "/v1/analytics/documentation"


async def figures(desk: Desk, **query: str) -> Any:
    await desk.container.documentation.asking().write()
    answer = await desk.get(USE, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def judge(desk: Desk, passage: str, *, relevant: bool) -> None:
    path = f"/v1/passages/{passage}/feedback"
    assert (await desk.post(path, {"relevant": relevant})).status_code == 201


async def test_what_is_asked_quoted_and_judged(any_desk: Desk) -> None:
    desk = any_desk
    await keep(desk, page("Run awaitables concurrently.", anchor="asyncio.gather"))
    await keep(desk, page("Cancel within the hour.", url=f"{URL}/cancel"))
    gather, cancel = await found(desk, "awaitables"), await found(desk, "cancel")
    first, second, silent = [await talks(desk, name) for name in ("one", "two", "three")]
    for call, passage in ((first, gather), (first, gather), (second, gather), (second, cancel)):
        await quoted(desk, call, passage)
    for call in (first, second, silent):
        await goes_on(desk, call, "completed")
    await judge(desk, gather, relevant=True)
    await judge(desk, gather, relevant=False)
    for words in ("awaitables", "ferry to Berlenga", "ferry to Berlenga"):
        await search(desk, words)
    await forget(desk, URL)
    await hear(desk, CountCalls())

    told = await figures(desk)

    assert told["figures"] == {
        "questions": 5,
        "unanswered": 2,
        "gap_rate": 2 / 5,
        "quotations": 4,
        "handled": 3,
        "calls_with_quotation": 2,
        "quotation_rate": 2 / 3,
        "judgements": 2,
        "helpful": 1,
        "helpful_rate": 1 / 2,
    }
    assert told["gaps"] == [{"words": "ferry to berlenga", "times": 2}]
    assert [
        (one["passage_id"], one["url"], one["path"], one["times"], one["calls"])
        for one in told["quoted_most"]
    ] == [
        (gather, f"{URL}#asyncio.gather", ["Tasks", "asyncio.gather"], 3, 2),
        (cancel, f"{URL}/cancel", ["Tasks", "asyncio.gather"], 1, 1),
    ]
    assert [one["left_at"] is None for one in told["quoted_most"]] == [False, True]
    assert set(told["definitions"]) == set(told["figures"])
    assert told["before"]["figures"]["gap_rate"] is None


async def test_nothing_was_asked_before(any_desk: Desk) -> None:
    await search(any_desk, "ferry")
    now = any_desk.clock()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)

    earlier = await figures(any_desk, until=(midnight - timedelta(hours=1)).isoformat())
    today = await figures(any_desk, **{"from": midnight.isoformat(), "until": now.isoformat()})
    noon = midnight + timedelta(hours=12)
    not_begun = await figures(
        any_desk, **{"from": noon.isoformat(), "until": (noon + timedelta(hours=11)).isoformat()}
    )

    assert (earlier["figures"]["questions"], earlier["gaps"]) == (0, [])
    assert (today["figures"]["questions"], len(today["gaps"])) == (1, 1)
    assert not_begun["figures"]["questions"] == 0


async def test_it_takes_the_permission_to_read_documentation(desk: Desk) -> None:
    deaf = await desk.caller(frozenset({Permission.READ_CALLS}))

    assert problem(await deaf.get(USE)) == (403, "not_permitted")
