"""What programs measure, log and trace is posted, read and forgotten."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from entrypoints.http.telemetry_shapes import LOGGED, MEASURED, TRACED
from tests.http.desk import NOW, Desk, problem
from tests.http.sales import set_to
from tests.http.test_histories import forgetting

pytestmark = pytest.mark.anyio

TRACE = TRACED["trace_id"]
OTHER_TRACE = "f" * 32
DAY = timedelta(days=1)


def measured(id: str, value: float, *, minutes: float = 0, **said: Any) -> dict[str, Any]:
    at = (NOW + timedelta(minutes=minutes)).isoformat()
    return {**MEASURED, "id": id, "value": value, "at": at, **said}


def logged(id: str, *, minutes: float = 0, **said: Any) -> dict[str, Any]:
    return {**LOGGED, "id": id, "at": (NOW + timedelta(minutes=minutes)).isoformat(), **said}


def traced(span: str, parent: str | None, *, second: float = 0, **said: Any) -> dict[str, Any]:
    begins = NOW + timedelta(seconds=second)
    return {
        **TRACED,
        "span_id": span * 16,
        "parent_id": parent and parent * 16,
        "begins_at": begins.isoformat(),
        "ends_at": (begins + timedelta(seconds=1)).isoformat(),
        **said,
    }


async def post(desk: Desk, kind: str, *said: dict[str, Any]) -> httpx.Response:
    return await desk.post(f"/v1/ingestion/{kind}", {kind: list(said)})


async def post_marked(desk: Desk, word: str) -> None:
    """One of each kind that has the word in it."""
    for kind, said in (
        ("measurements", {**MEASURED, "name": f"{word}.waiting"}),
        ("logs", {**LOGGED, "message": f"{word} gave up"}),
        ("spans", {**TRACED, "name": f"{word} step"}),
    ):
        answer = await post(desk, kind, said)
        assert answer.status_code == 202, answer.text


async def series(desk: Desk, name: str, **query: str) -> Any:
    asked = {"from": NOW.isoformat(), "until": (NOW + timedelta(hours=1)).isoformat()}
    answer = await desk.get(
        f"/v1/ingestion/measurements/{name}",
        params={**asked, "interval": "quarter_hour", "zone": "Asia/Kathmandu", **query},
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


async def lines(desk: Desk, **query: str) -> list[str]:
    answer = await desk.get("/v1/ingestion/logs", params=query)
    assert answer.status_code == 200, answer.text
    return [line["id"] for line in answer.json()["items"]]


async def test_what_was_measured_is_read_by_interval(any_desk: Desk) -> None:
    here, there = {"site": "lisbon"}, {"site": "porto"}
    posted = await post(
        any_desk,
        "measurements",
        measured("1", 4.0, minutes=1, labels=here),
        measured("2", 0.1, minutes=9, labels=there),
        measured("3", -2.5, minutes=5, labels=here),
        measured("4", 7.0, minutes=46, labels=here),
        measured("5", 1000.0, minutes=2, unit="s"),
        measured("6", 9.0, minutes=3, name="other"),
        measured("7", 9.0, minutes=60),
    )
    assert (posted.status_code, posted.json()) == (202, {"accepted": 7, "known": 0})

    found = await series(any_desk, "queue.waiting")

    assert (found["name"], found["unit"]) == ("queue.waiting", "ms")
    assert [each["count"] for each in found["intervals"]] == [3, 0, 0, 1]
    first, empty = found["intervals"][:2]
    assert first["sum"] == pytest.approx(1.6)
    assert first["mean"] == pytest.approx(1.6 / 3)
    assert (first["least"], first["greatest"], first["last"]) == (-2.5, 4.0, 0.1)
    assert first["from"] == "2027-03-01T17:45:00+05:45"
    assert {empty[name] for name in ("mean", "least", "greatest", "last")} == {None}
    assert empty["sum"] == 0
    (day,) = (await series(any_desk, "queue.waiting", interval="day"))["intervals"]
    assert (day["count"], day["last"], day["greatest"]) == (4, 7.0, 7.0)
    ours = await series(any_desk, "queue.waiting", label="site=lisbon")
    assert [each["count"] for each in ours["intervals"]] == [2, 0, 0, 1]
    in_seconds = await series(any_desk, "queue.waiting", unit="s")
    assert in_seconds["intervals"][0]["sum"] == 1000


async def test_a_period_may_begin_within_a_quarter(any_desk: Desk) -> None:
    await post(any_desk, "measurements", measured("1", 1, minutes=1), measured("2", 2, minutes=8))
    since = (NOW + timedelta(minutes=5)).isoformat()

    found = await series(any_desk, "queue.waiting", **{"from": since})

    assert [each["count"] for each in found["intervals"]] == [1, 0, 0, 0]


async def test_names_have_their_last_value(any_desk: Desk) -> None:
    names = [f"name.{number}" for number in range(5)]
    for name in names:
        await post(
            any_desk,
            "measurements",
            measured(f"{name} late", 2, minutes=2, name=name),
            measured(f"{name} early", 1, minutes=1, name=name),
        )

    first = (await any_desk.get("/v1/ingestion/measurements", params={"limit": 3})).json()
    rest = await any_desk.get(
        "/v1/ingestion/measurements", params={"limit": 3, "cursor": first["next"]}
    )

    items = [*first["items"], *rest.json()["items"]]
    assert [item["name"] for item in items] == names
    assert {(item["value"], item["unit"]) for item in items} == {(2, "ms")}
    assert items[0]["at"] == "2027-03-01T12:02:00Z"
    assert rest.json()["next"] is None


async def test_what_nobody_measured_is_not_found(desk: Desk) -> None:
    assert (await desk.get("/v1/ingestion/measurements")).json()["items"] == []
    for name in ("nothing", "Not%20a%20name", "a%00"):
        answer = await desk.get(f"/v1/ingestion/measurements/{name}")
        assert problem(answer) == (404, "nothing_measured")


async def test_logs_are_read_the_latest_first(any_desk: Desk) -> None:
    await post(
        any_desk,
        "logs",
        logged("1", minutes=1, level="debug", message="Fetched ÄRGER 100%"),
        logged("2", minutes=2, level="error", source="shop", trace_id=None),
        logged("3", minutes=3, trace_id=OTHER_TRACE),
        logged("4", minutes=3, level="critical", message="on_fire\nbadly"),
    )
    at = (NOW + timedelta(minutes=2)).isoformat()

    assert await lines(any_desk) == ["4", "3", "2", "1"]
    assert await lines(any_desk, level="warning") == ["4", "3", "2"]
    assert await lines(any_desk, level="error", source="bot") == ["4"]
    assert await lines(any_desk, trace_id=TRACE) == ["4", "1"]
    assert await lines(any_desk, since=at) == ["4", "3", "2"]
    assert await lines(any_desk, until=at) == ["1"]
    assert await lines(any_desk, text="fetched ÄRGER 100%") == ["1"]
    assert await lines(any_desk, text="on%fire") == []
    page = (await any_desk.get("/v1/ingestion/logs", params={"limit": 2})).json()
    after = {"limit": "2", "cursor": page["next"]}
    assert page["items"][0]["message"] == "on_fire\nbadly"
    assert await lines(any_desk, **after) == ["2", "1"]


async def test_a_trace_is_shown_as_its_spans_caused_each_other(any_desk: Desk) -> None:
    await post(
        any_desk,
        "spans",
        traced("4", "1", second=3, failed=True),
        traced("3", "2", second=2),
        traced("1", None),
        traced("2", "1", second=1),
        traced("5", None, trace_id=OTHER_TRACE),
    )

    found = (await any_desk.get(f"/v1/ingestion/traces/{TRACE}")).json()

    assert found["whole"]
    shown = [(span["span_id"][0], span["depth"], span["failed"]) for span in found["spans"]]
    assert shown == [("1", 0, False), ("2", 1, False), ("3", 2, False), ("4", 1, True)]
    for trace in ("e" * 32, "nothing", "0" * 32):
        answer = await any_desk.get(f"/v1/ingestion/traces/{trace}")
        assert problem(answer) == (404, "trace_not_found")


@pytest.mark.parametrize(
    ("kind", "said", "again"),
    [
        ("measurements", measured("1", 4.0), measured("1", 5.0)),
        ("logs", logged("1"), logged("1", message="other")),
        ("spans", traced("1", None), traced("1", None, name="other")),
    ],
)
async def test_what_is_posted_again_is_known(
    any_desk: Desk, kind: str, said: dict[str, Any], again: dict[str, Any]
) -> None:
    first = await post(any_desk, kind, said, again)
    second = await post(any_desk, kind, again)

    assert first.json() == {"accepted": 2, "known": 1}
    assert second.json() == {"accepted": 1, "known": 1}
    found = str((await any_desk.get("/v1/ingestion/measurements")).json())
    found += (await any_desk.get("/v1/ingestion/logs")).text
    found += (await any_desk.get(f"/v1/ingestion/traces/{TRACE}")).text
    assert "other" not in found
    assert "5.0" not in found


async def test_it_is_the_organizations_own(any_desk: Desk) -> None:
    other = await Desk.opened(any_desk.container, any_desk.clock, slug="other")
    for kind, said in (
        ("measurements", measured("1", 1)),
        ("logs", logged("1")),
        ("spans", traced("1", None)),
    ):
        await post(any_desk, kind, said)
        assert (await post(other, kind, said)).json() == {"accepted": 1, "known": 0}
    third = await Desk.opened(any_desk.container, any_desk.clock, slug="third")

    assert await lines(third) == []
    assert (await third.get("/v1/ingestion/measurements")).json()["items"] == []
    for path in ("measurements/queue.waiting", f"traces/{TRACE}"):
        assert (await third.get(f"/v1/ingestion/{path}")).status_code == 404


async def test_it_is_forgotten_when_the_organization_says(any_desk: Desk) -> None:
    await post(any_desk, "measurements", measured("1", 1), measured("2", 1, minutes=60))
    await post(any_desk, "logs", logged("1"), logged("2", minutes=60))
    await post(any_desk, "spans", traced("1", None), traced("2", "1", second=3600))
    await set_to(any_desk, "histories.telemetry_days", 10)
    forget = forgetting(any_desk)

    any_desk.clock.passes(10 * DAY)
    assert await forget() == 0
    any_desk.clock.passes(timedelta(minutes=1))
    assert await forget() == 3

    (kept,) = (
        await series(
            any_desk, "queue.waiting", until=(NOW + 2 * DAY).isoformat(), interval="month"
        )
    )["intervals"]
    assert kept["count"] == 1
    assert await lines(any_desk) == ["2"]
    (span,) = (await any_desk.get(f"/v1/ingestion/traces/{TRACE}")).json()["spans"]
    assert (span["span_id"], span["depth"]) == ("2" * 16, 0)


# Of a series, what its unit is is a question of its own.
COSTS = {"post": 1, "post again": 1, "names": 1, "series": 2, "logs": 1, "trace": 1}


async def spent(desk: Desk, size: int) -> dict[str, int]:
    batch = [measured(f"{size}-{number}", 1) for number in range(size)]
    spans = [traced(f"{number:016x}"[-1], None) for number in range(1, min(size, 15) + 1)]
    await post(desk, "spans", *spans)
    await post(desk, "logs", *(logged(f"{size}-{number}") for number in range(size)))
    asking: dict[str, Callable[[], Awaitable[object]]] = {
        "post": lambda: post(desk, "measurements", *batch),
        "post again": lambda: post(desk, "measurements", *batch),
        "names": lambda: desk.get("/v1/ingestion/measurements"),
        "series": lambda: series(desk, "queue.waiting"),
        "logs": lambda: lines(desk),
        "trace": lambda: desk.get(f"/v1/ingestion/traces/{TRACE}"),
    }
    costs = {}
    for name, ask in asking.items():
        with desk.statements() as seen:
            await ask()
        costs[name] = len(seen)
    return costs


async def test_much_costs_as_many_statements_as_little(any_desk: Desk) -> None:
    await spent(any_desk, 1)  # a key that was looked up is remembered from then on

    assert await spent(any_desk, 2) == await spent(any_desk, 100) == COSTS
