"""Lists of calls: every filter, every order, page by page."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import attrs
import pytest

from adapters.readers import call_plans
from adapters.repositories.calls import SqlCallWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from domain.calls.call import Call, Direction, Handler, Numbers
from domain.calls.status import CallStatus
from domain.kernel.identifiers import ActorId, AgentId, CallId, DispositionId
from tests.http.calling import listed
from tests.http.desk import NOW, Caller, Desk, problem
from tests.samples import MINUTE
from tests.samples_of_calls import heard

pytestmark = pytest.mark.anyio

ANN, BOB = ActorId(UUID(int=51)), ActorId(UUID(int=52))
AGENT = AgentId(UUID(int=61))
SALE = DispositionId(UUID(int=71))
NUMBERS = Numbers(caller="+442079460958", called="+442079460000")
ANOTHER = "+442079460999"


def made(number: int, **members: Any) -> Call:
    usual = {"started_at": NOW + number * MINUTE, "provider": "fake"}
    new = Call.initiate(CallId(UUID(int=2000 + number)), Direction.INBOUND, NUMBERS, now=NOW)
    return attrs.evolve(new, **{**usual, "provider_call": f"c{number}", **members})


def lasting(number: int, minutes: int, **members: Any) -> Call:
    begun = made(number, **members)
    start = begun.started_at
    answered = begun.hear(heard(CallStatus.IN_PROGRESS, start))
    return answered.hear(heard(CallStatus.COMPLETED, start + minutes * MINUTE))


CALLS = [
    made(0, handler=Handler(actor_id=ANN)),
    lasting(1, 3, handler=Handler(actor_id=BOB, agent_id=AGENT), qa_milli=0, sentiment_milli=0),
    lasting(2, 1, template="sales", qa_milli=900, sentiment_milli=101, escalated=True),
    lasting(3, 2, qa_milli=600, sentiment_milli=-101, disposition_id=SALE),
    made(
        4,
        direction=Direction.OUTBOUND,
        numbers=attrs.evolve(NUMBERS, called=ANOTHER),
        sentiment_milli=100,
    ).hear(heard(CallStatus.BUSY)),
    lasting(5, 1, qa_milli=600, sentiment_milli=-100, handler=Handler(bot="ada")),
]


@pytest.fixture(name="calls")
async def fixture_calls(any_desk: Desk) -> Desk:
    work = SqlUnitOfWork(
        database=any_desk.container.database(),
        work_on=SqlCallWork.on,
        new_id=uuid4,
        clock=any_desk.clock,
    )
    await work(any_desk.actor, lambda work: [work.calls.save(call) for call in CALLS])
    return any_desk


async def numbers(caller: Caller, **query: Any) -> list[int]:
    return [int(name[1:]) for name in await listed(caller, **query)]


FILTERS: list[tuple[dict[str, Any], list[int]]] = [
    ({}, [0, 1, 2, 3, 4, 5]),
    ({"status": "completed"}, [1, 2, 3, 5]),
    ({"status": "scheduled"}, [0]),
    ({"direction": "outbound"}, [4]),
    ({"started_from": (NOW + 4 * MINUTE).isoformat()}, [4, 5]),
    ({"started_until": (NOW + MINUTE).isoformat()}, [0]),
    ({"search": "c3"}, [3]),
    ({"search": str(CALLS[2].id)}, [2]),
    ({"search": str(uuid4())}, []),
    ({"qa_from": 0, "qa_to": 0}, [1]),
    ({"qa_from": 0}, [1, 2, 3, 5]),
    ({"qa_to": 0.6}, [1, 3, 5]),
    ({"qa_from": 0.6, "qa_to": 0.9}, [2, 3, 5]),
    ({"qa_from": 0.9}, [2]),
    ({"sentiment": "neutral"}, [1, 4, 5]),
    ({"sentiment": "positive"}, [2]),
    ({"sentiment": "negative"}, [3]),
    ({"handler_id": str(ANN)}, [0]),
    ({"agent_id": str(AGENT)}, [1]),
    ({"template": "sales"}, [2]),
    ({"disposition_id": str(SALE)}, [3]),
    ({"escalated": "true"}, [2]),
    ({"escalated": "false", "status": "completed"}, [1, 3, 5]),
]


@pytest.mark.parametrize("few", [call_plans.FEW, 0], ids=["found", "gone along to"])
async def test_every_condition_counts(
    calls: Desk, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However those that meet it are found."""
    monkeypatch.setattr(call_plans, "FEW", few)
    for query, expected in FILTERS:
        for sort, every in SORTED.items():
            wanted = [number for number in every if number in expected]
            assert await numbers(calls, order="asc", sort=sort, **query) == wanted, (query, sort)


@pytest.mark.parametrize(
    "query",
    [
        {"status": "escalated"},
        {"direction": "sideways"},
        {"sentiment": "cross"},
        {"sort": "number"},
        {"order": "up"},
        {"qa_from": 1.1},
        {"limit": 101},
        {"whatever": 1},
    ],
)
async def test_what_nobody_knows_is_refused(desk: Desk, query: dict[str, Any]) -> None:
    assert problem(await desk.get("/v1/calls", params=query)) == (400, "malformed_request")


SORTED = {
    "started_at": [0, 1, 2, 3, 4, 5],
    "duration": [0, 4, 2, 5, 3, 1],
    "qa_score": [0, 4, 1, 3, 5, 2],
}


async def test_every_order_goes_both_ways_page_by_page(calls: Desk) -> None:
    """Each call once, whatever is equal or not known."""
    for sort, expected in SORTED.items():
        for order in ("asc", "desc"):
            found: list[int] = []
            cursor: dict[str, Any] = {}
            while True:
                query = {"sort": sort, "order": order, "limit": 2, **cursor}
                page = (await calls.get("/v1/calls", params=query)).json()
                found += [int(call["provider_call"][1:]) for call in page["items"]]
                if page["next"] is None:
                    break
                cursor = {"cursor": page["next"]}
            assert found == (expected if order == "asc" else expected[::-1]), (sort, order)


async def test_a_cursor_belongs_to_its_list(calls: Desk) -> None:
    page = (await calls.get("/v1/calls", params={"limit": 2, "sort": "duration"})).json()

    other = {"limit": 2, "sort": "qa_score", "cursor": page["next"]}
    assert problem(await calls.get("/v1/calls", params=other)) == (422, "bad_cursor")


async def test_calls_of_a_number_are_asked_for_in_a_body(calls: Desk) -> None:
    search: dict[str, Any] = {"number": ANOTHER}
    one = (await calls.post("/v1/calls/search", search, key="")).json()
    both = {"number": NUMBERS.caller, "status": "completed", "limit": 3}
    first = (await calls.post("/v1/calls/search", both, key="")).json()
    rest = await calls.post("/v1/calls/search", {**both, "cursor": first["next"]}, key="")

    assert [call["provider_call"] for call in one["items"]] == ["c4"]
    found = [call["provider_call"] for call in (*first["items"], *rest.json()["items"])]
    assert found == ["c5", "c3", "c2", "c1"]


async def test_scores_of_nothing_are_shown(calls: Desk) -> None:
    (call,) = (await calls.get("/v1/calls", params={"search": "c1"})).json()["items"]
    (other,) = (await calls.get("/v1/calls", params={"search": "c0"})).json()["items"]

    assert (call["qa_score"], call["sentiment"]) == (0.0, 0.0)
    assert (other["qa_score"], other["sentiment"]) == (None, None)
    assert call["durations"]["total"] == timedelta(minutes=3).total_seconds()


async def test_the_database_is_told_what_few_calls_are(desk: Desk) -> None:
    """However often it was asked before. What somebody wrote is never part of the statement."""
    written = "x' OR 'x'='x"
    with desk.statements() as seen:
        await listed(desk, status="busy", qa_from=0.25, template=written, search=written)

    soon, page = [one for one in seen if "LIMIT" in one and "ORDER BY" in one]
    for asked in (soon, page):
        assert "calls.status = 'busy'" in asked
        assert "calls.qa_milli >= 250" in asked
        assert "calls.qa_milli <= 1000" in asked
        assert written not in asked


@pytest.mark.parametrize(
    ("begins", "ends", "asked"),
    [
        (
            "started_from",
            "started_until",
            {"started_from": "2027-03-02T00:00:00Z", "started_until": "2027-03-01T00:00:00Z"},
        ),
        ("qa_from", "qa_to", {"qa_from": 0.8, "qa_to": 0.2}),
    ],
)
async def test_ranges_that_run_backwards_are_refused(
    desk: Desk, begins: str, ends: str, asked: dict[str, Any]
) -> None:
    listed = await desk.get("/v1/calls", params=asked)
    searched = await desk.post("/v1/calls/search", asked)

    words = f"must not be before {begins}"
    assert problem(listed) == problem(searched) == (422, "runs_backwards")
    assert listed.json()["errors"] == [{"parameter": ends, "detail": words}]
    assert searched.json()["errors"] == [{"pointer": f"#/{ends}", "detail": words}]
