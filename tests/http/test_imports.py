"""Imports: the good rows are taken, the bad ones are named, and nothing is done twice."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest

from application.kernel.jobs import JobContext, QueuedJob, Result
from application.pipelines.run_import import RunImport, TakeChunk
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ImportId, JobId
from tests.http.desk import CONTACT, Desk, problem

pytestmark = pytest.mark.anyio

AFTERWARDS = "2026-06-01T00:00:00Z"
ROOMS = "key,name,zone,offering.kind,offering.beds\n"


class Context(JobContext):
    def __init__(self, actor: Actor) -> None:
        self._actor = actor

    @property
    def actor(self) -> Actor:
        return self._actor

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], /) -> Result:
        return await work()

    async def progress(self, done: int, total: int) -> None:
        raise AssertionError


async def bring(desk: Desk, target: str, content: str, format: str = "csv") -> httpx.Response:
    started = await desk.post(
        "/v1/imports", {"target": target, "format": format, "content": content}
    )
    assert started.status_code == 202, started.text
    return started


async def run(desk: Desk, started: httpx.Response) -> Any:
    """As the worker does, and how far the import is then."""
    import_id = ImportId(UUID(started.json()["id"]))
    job = QueuedJob(
        id=JobId(UUID(int=1)),
        organization_id=desk.actor.organization_id,
        name=RunImport.JOB,
        payload=RunImport(import_id=import_id).job.payload,
    )
    handlers = desk.container.subscriptions.job_handlers()
    await handlers[RunImport.JOB](job, Context(desk.actor))
    return (await desk.get(started.headers["Location"])).json()


async def refusals(desk: Desk, started: httpx.Response) -> list[tuple[int, str, str]]:
    page = await desk.get(f"{started.headers['Location']}/refusals")
    return [(row["line"], row["code"], row["field"]) for row in page.json()["items"]]


def lines(*rows: Any) -> str:
    return "\n".join(map(json.dumps, rows))


async def test_good_rooms_are_taken_and_bad_ones_named(any_desk: Desk) -> None:
    desk = any_desk
    content = ROOMS + (
        "a,Double,Europe/Lisbon,hotel,2\n"
        "b,Double,Europe/Nowhere,hotel,2\n"
        "c,Double,Europe/Lisbon,hotel,none\n"
        "d,Double\n"
        "a,Double again,Europe/Lisbon,hotel,2\n"
        "e,Single,Europe/Lisbon,hotel,1\n"
    )
    started = await bring(desk, "offerings", content)
    done = await run(desk, started)

    assert (started.json()["state"], started.json()["rows"]) == ("running", 6)
    assert (done["state"], done["taken"], done["refused"]) == ("completed", 2, 4)
    assert await refusals(desk, started) == [
        (3, "unknown_zone", "zone"),
        (4, "malformed_row", "offering/beds"),
        (5, "malformed_row", ""),
        (6, "known_already", "key"),
    ]
    listed = (await desk.get("/v1/resources")).json()["items"]
    assert sorted(item["name"] for item in listed) == ["Double", "Single"]


async def test_what_was_brought_once_is_not_brought_again(any_desk: Desk) -> None:
    desk = any_desk
    content = ROOMS + "a,Double,Europe/Lisbon,hotel,2\n"
    await run(desk, await bring(desk, "offerings", content))
    again = await run(desk, await bring(desk, "offerings", content))

    assert (again["taken"], again["refused"]) == (0, 1)


async def test_pools_are_opened_but_never_below_what_is_taken(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=5)
    await desk.hold(rooms, night=10, rooms=2)
    content = lines(
        {"resource_id": rooms, "from": "2027-03-10", "until": "2027-03-12", "capacity": 1},
        {"resource_id": rooms, "from": "2027-03-11", "until": "2027-03-13", "capacity": 9},
        {"resource_id": rooms, "capacity": 9},
        {"resource_key": "nowhere", "from": "2027-03-11", "until": "2027-03-13", "capacity": 9},
    )
    started = await bring(desk, "pools", content, "jsonl")
    done = await run(desk, started)
    shown = await desk.get(f"/v1/resources/{rooms}/availability?from=2027-03-10&until=2027-03-14")

    assert (done["taken"], done["refused"]) == (1, 3)
    assert await refusals(desk, started) == [
        (1, "capacity_below_taken", ""),
        (3, "nights_needed", "from"),
        (4, "resource_not_found", ""),
    ]
    assert [day["capacity"] for day in shown.json()["days"]] == [5, 9, 9, 5]


def past(resource_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "request": {
            "kind": "hotel",
            "resource_id": resource_id,
            "contact": CONTACT,
            "check_in": "2026-05-01",
            "check_out": "2026-05-04",
            "rooms": 1,
            "guests": 2,
        },
        "state": "completed",
        "booked_at": "2026-04-01T10:00:00Z",
        "total_minor": 31700,
        "currency": "EUR",
        **changes,
    }


async def test_bookings_of_the_past_are_told_about(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms()
    to_come = past(rooms)["request"] | {"check_in": "2027-05-01", "check_out": "2027-05-02"}
    content = lines(
        past(rooms),
        past(rooms, state="no_show"),
        past(rooms, request=to_come),
        past(rooms, state="held"),
        past(rooms, booked_at=AFTERWARDS),
    )
    started = await bring(desk, "past_bookings", content, "jsonl")
    done = await run(desk, started)
    found = (await desk.get("/v1/bookings")).json()["items"]

    assert (done["taken"], done["refused"]) == (2, 3)
    assert await refusals(desk, started) == [
        (3, "not_over", "request"),
        (4, "malformed_row", "state"),
        (5, "in_the_past", ""),
    ]
    assert sorted(booking["state"] for booking in found) == ["completed", "no_show"]
    assert {booking["total"]["minor"] for booking in found} == {31700}
    await desk.relay()
    findings = await desk.container.verification()()
    assert {finding.check for finding in findings} <= {"jobs_are_handed_over"}  # nobody works here


async def test_an_import_that_is_taken_up_again_goes_on_where_it_was(any_desk: Desk) -> None:
    desk = any_desk
    content = ROOMS + "".join(f"{n},Room {n},Europe/Lisbon,hotel,2\n" for n in range(625))
    started = await bring(desk, "offerings", content)
    import_id = ImportId(UUID(started.json()["id"]))
    first = TakeChunk(actor=desk.actor, import_id=import_id, chunk=0)
    taken = [await desk.container.pipelines.take_chunk()(first) for _ in "12"]
    halfway = (await desk.get(started.headers["Location"])).json()
    done = await run(desk, started)
    again = await run(desk, started)

    assert taken == [250, 0]
    assert (halfway["state"], halfway["taken"]) == ("running", 250)
    assert (done["state"], done["taken"], done["refused"]) == ("completed", 625, 0)
    assert again == done
    await desk.relay()
    await desk.relay()
    await desk.relay()
    names = [event["name"] for event in (await desk.get("/v1/events?limit=100")).json()["items"]]
    names.remove("api_key_created")
    assert names[0] == "import_started"


async def test_a_chunk_costs_the_same_however_many_rows_it_has(any_desk: Desk) -> None:
    desk = any_desk
    costs = []
    for number in (20, 200):
        content = ROOMS + "".join(
            f"{number}-{n},Room,Europe/Lisbon,hotel,2\n" for n in range(number)
        )
        started = await bring(desk, "offerings", content)
        with desk.statements() as seen:
            await run(desk, started)
        costs.append(len(seen))

    assert costs[0] == costs[1]


async def test_a_file_without_good_rows_is_over_at_once(desk: Desk) -> None:
    started = await bring(desk, "offerings", ROOMS + "a\n")
    empty = await bring(desk, "offerings", "")

    assert (started.json()["state"], started.json()["refused"]) == ("completed", 1)
    assert (empty.json()["state"], empty.json()["rows"]) == ("completed", 0)


async def test_a_header_that_is_none_refuses_the_whole_file(desk: Desk) -> None:
    refused = await desk.post(
        "/v1/imports", {"target": "offerings", "format": "csv", "content": "a,a\n1,2\n"}
    )

    assert problem(refused) == (422, "bad_header")
    assert (await desk.get("/v1/imports")).json()["items"] == []


async def test_others_see_neither_import_nor_refusals(desk: Desk) -> None:
    started = await bring(desk, "offerings", ROOMS + "a\n")
    stranger = await Desk.opened(desk.container, desk.clock, slug="stranger")
    path = started.headers["Location"]

    assert problem(await stranger.get(path)) == (404, "import_not_found")
    assert problem(await stranger.get(f"{path}/refusals")) == (404, "import_not_found")
    assert (await stranger.get("/v1/imports")).json()["items"] == []


async def test_a_long_chunk_costs_as_many_statements_as_a_short_one(any_desk: Desk) -> None:
    desk, costs = any_desk, []
    rooms = await desk.rooms()
    for number in (20, 200):
        bad, *good = (past(rooms, booked_at=AFTERWARDS), *[past(rooms)] * number)
        started = await bring(desk, "past_bookings", lines(bad, *good), "jsonl")
        with desk.statements() as seen:
            done = await run(desk, started)
        assert (done["taken"], done["refused"]) == (number, 1)
        costs.append(len(seen))

    assert costs[0] == costs[1] <= 13
