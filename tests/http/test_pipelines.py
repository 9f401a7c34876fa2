"""Pipelines over HTTP: events from elsewhere become offerings, step by step."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from application.kernel.jobs import QueuedJob
from application.pipelines.run_on_schedule import RunOnSchedule
from application.pipelines.start_run import RunPipeline
from domain.kernel.identifiers import JobId
from tests.http.desk import Desk, problem
from tests.http.test_imports import Context

pytestmark = pytest.mark.anyio

DROP = {"kind": "drop", "fields": ["said", "id", "kind", "occurred_at"]}
STEPS: list[dict[str, Any]] = [
    {"kind": "move", "field": "said.code", "to": "key"},
    {"kind": "move", "field": "said.title", "to": "name"},
    {"kind": "constant", "field": "zone", "value": "Europe/Lisbon"},
    {"kind": "constant", "field": "offering.kind", "value": "hotel"},
    {"kind": "move", "field": "said.beds", "to": "offering.beds"},
    DROP,
]
ROOM_TYPES: dict[str, Any] = {
    "name": "Room types",
    "target": "offerings",
    "event_kind": "room_type",
    "definition": {"key": "said.code", "steps": STEPS},
}
ANYTHING = {"If-Match": "*"}


def room(code: str, *, id: str | None = None, **said: Any) -> dict[str, Any]:
    return {
        "id": id or str(uuid4()),
        "kind": "room_type",
        "occurred_at": "2027-03-01T12:00:00Z",
        "said": {"code": code, "title": f"Room {code}", "beds": 2, **said},
    }


async def added(desk: Desk, **changes: Any) -> str:
    made = await desk.post("/v1/pipelines", {**ROOM_TYPES, **changes})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def posted(desk: Desk, *events: dict[str, Any]) -> Any:
    answer = await desk.post("/v1/ingestion/events", {"events": events})
    assert answer.status_code == 202, answer.text
    return answer.json()


async def work(desk: Desk, run_id: str) -> Any:
    """As a worker does its job."""
    job = QueuedJob(
        name=RunPipeline.JOB,
        payload={"run_id": run_id},
        id=JobId(uuid4()),
        organization_id=desk.actor.organization_id,
    )
    await desk.container.pipelines.runs.run_pipeline()(job, Context(actor=desk.actor))
    return (await desk.get(f"/v1/runs/{run_id}")).json()


async def run(desk: Desk, pipeline: str, path: str = "runs", **said: Any) -> Any:
    started = await desk.post(f"/v1/pipelines/{pipeline}/{path}", said or None)
    assert started.status_code == 202, started.text
    return await work(desk, started.json()["id"])


async def names(desk: Desk) -> Sequence[str]:
    found = (await desk.get("/v1/resources")).json()["items"]
    return sorted(each["name"] for each in found)


async def test_events_become_offerings(desk: Desk) -> None:
    pipeline = await added(desk)

    assert await posted(desk, room("a"), room("b")) == {"accepted": 2, "known": 0}
    ended = await run(desk, pipeline)

    assert ended["state"] == "succeeded"
    assert ended["counts"]["new"] == ended["counts"]["read"] == 2
    assert await names(desk) == ["Room a", "Room b"]
    metrics = (await desk.get("/v1/ingestion/metrics")).json()["kinds"]
    assert [(kind["known"], kind["waiting"]) for kind in metrics] == [(2, 0)]
    log = (await desk.get(f"/v1/runs/{ended['id']}/logs")).json()["items"]
    assert [note["what"] for note in log] == ["connected", "succeeded"]
    figures = (await desk.get(f"/v1/pipelines/{pipeline}/metrics")).json()
    assert (figures["runs"], figures["records_processed"], figures["error_rate"]) == (1, 2, 0.0)
    assert figures["last_run"]["id"] == ended["id"]


async def test_an_event_is_taken_once_however_often_it_is_posted(desk: Desk) -> None:
    pipeline = await added(desk)
    first = room("a", id="e-1")

    assert await posted(desk, first, first) == {"accepted": 2, "known": 1}
    await run(desk, pipeline)
    assert await posted(desk, {**first, "said": {"code": "z"}}) == {"accepted": 1, "known": 1}

    assert (await run(desk, pipeline))["counts"]["read"] == 0
    assert await names(desk) == ["Room a"]


async def test_what_changed_is_changed_and_what_did_not_is_left_alone(desk: Desk) -> None:
    pipeline = await added(desk)
    await posted(desk, room("a"), room("b"))
    await run(desk, pipeline)

    await posted(desk, room("a"), room("b", title="Suite"))
    counts = (await run(desk, pipeline))["counts"]

    assert (counts["new"], counts["changed"], counts["unchanged"]) == (0, 1, 1)
    assert await names(desk) == ["Room a", "Suite"]


async def test_a_bad_row_waits_until_the_steps_are_right(desk: Desk) -> None:
    """It keeps nobody out, and no later run stumbles over it."""
    pipeline = await added(desk)
    await posted(desk, room("a"), room("b", beds="two\x01"), room("c"))
    ended = await run(desk, pipeline)
    waiting = (await desk.get(f"/v1/pipelines/{pipeline}/quarantine")).json()["items"]
    await posted(desk, room("d"))
    after = await run(desk, pipeline)

    assert (ended["state"], ended["reason"]) == ("partial", "rows_quarantined")
    assert [(row["name"], row["code"], row["field"]) for row in waiting] == [
        ("b", "malformed_row", "offering/beds")
    ]
    assert after["state"] == "succeeded"

    two = {"kind": "look_up", "field": "offering.beds", "table": {"two\x01": 2, "2": 2}}
    steps = [*STEPS, two]
    changed = await desk.send(
        "PUT",
        f"/v1/pipelines/{pipeline}",
        json={"name": "Room types", "definition": {"key": "said.code", "steps": steps}},
        headers=ANYTHING,
    )
    replayed = await run(desk, pipeline, "quarantine/replay")

    assert changed.json()["edition"] == 2
    assert (replayed["kind"], replayed["counts"]["new"]) == ("replay", 1)
    assert (await desk.get(f"/v1/pipelines/{pipeline}/quarantine")).json()["items"] == []
    assert await names(desk) == ["Room a", "Room b", "Room c", "Room d"]


async def test_an_edition_can_be_restored(desk: Desk) -> None:
    pipeline = await added(desk)
    path = f"/v1/pipelines/{pipeline}"
    other = {"name": "Rooms", "definition": {"key": "id", "steps": [DROP]}}
    await desk.send("PUT", path, json=other, headers=ANYTHING)

    restored = await desk.post(f"{path}/editions/1/restore", headers=ANYTHING)
    editions = (await desk.get(f"{path}/editions")).json()["items"]

    assert restored.json()["edition"] == 3
    assert [each["edition"] for each in editions] == [3, 2, 1]
    assert editions[0]["definition"] == editions[2]["definition"] != editions[1]["definition"]
    assert [step["kind"] for step in editions[0]["definition"]["steps"]] == [
        step["kind"] for step in STEPS
    ]
    assert problem(await desk.post(f"{path}/editions/9/restore", headers=ANYTHING)) == (
        404,
        "pipeline_edition_not_found",
    )


async def test_of_a_pipeline_there_is_one_run_at_a_time(desk: Desk) -> None:
    pipeline = await added(desk)
    path = f"/v1/pipelines/{pipeline}/runs"
    first = await desk.post(path)

    assert problem(await desk.post(path)) == (409, "run_under_way")
    cancelled = await desk.post(f"/v1/runs/{first.json()['id']}/cancel", headers=ANYTHING)
    assert cancelled.json()["state"] == "cancelled"
    assert (await work(desk, first.json()["id"]))["state"] == "cancelled"
    assert (await desk.post(path)).status_code == 202
    assert [one["state"] for one in (await desk.get(path)).json()["items"]] == [
        "queued",
        "cancelled",
    ]


async def test_a_run_that_is_held_takes_nothing(desk: Desk) -> None:
    pipeline = await added(desk)
    await posted(desk, room("a"))
    started = (await desk.post(f"/v1/pipelines/{pipeline}/runs")).json()["id"]
    await desk.post(f"/v1/runs/{started}/pause", headers=ANYTHING)

    assert (await work(desk, started))["state"] == "paused"
    assert await names(desk) == []
    assert problem(await desk.post(f"/v1/runs/{started}/pause", headers=ANYTHING)) == (
        409,
        "wrong_run_state",
    )
    await desk.post(f"/v1/runs/{started}/resume", headers=ANYTHING)
    assert (await work(desk, started))["state"] == "succeeded"
    assert await names(desk) == ["Room a"]


async def test_what_is_tried_again_points_to_what_failed(desk: Desk) -> None:
    """It has done nothing until it has: nobody calls it a success for having been begun."""
    strict = {"fields": ["id", "kind"], "drift": "strict"}
    definition = {"key": "said.code", "steps": STEPS, "contract": strict}
    pipeline = await added(desk, definition=definition)
    await posted(desk, room("a"))
    failed = await run(desk, pipeline)
    retried = await desk.post(f"/v1/runs/{failed['id']}/retry")
    child = retried.json()

    assert (failed["state"], failed["reason"]) == ("failed", "schema_drift")
    assert (child["parent_id"], child["state"]) == (failed["id"], "queued")
    assert child["counts"]["read"] == 0
    assert (await work(desk, child["id"]))["state"] == "failed"
    log = (await desk.get(f"/v1/runs/{child['id']}/logs?level=error")).json()["items"]
    assert [note["what"] for note in log] == ["failed"]
    assert "occurred_at, said" in log[0]["details"]


async def test_events_have_a_run_begin_by_itself(any_desk: Desk) -> None:
    desk = any_desk
    pipeline = await added(desk)
    runs = desk.container.pipelines.runs
    assert await runs.due().organizations(now=desk.clock()) == []
    await posted(desk, room("a"))

    assert await runs.due().organizations(now=desk.clock()) == [desk.actor.organization_id]
    await runs.run_on_schedule()(RunOnSchedule(actor=desk.actor))
    assert await runs.due().organizations(now=desk.clock()) == []
    (begun,) = (await desk.get(f"/v1/pipelines/{pipeline}/runs")).json()["items"]
    await posted(desk, room("b"))
    await runs.run_on_schedule()(RunOnSchedule(actor=desk.actor))

    assert (await work(desk, begun["id"]))["counts"]["new"] == 2


async def test_a_pipeline_takes_what_nobody_else_does(desk: Desk) -> None:
    await added(desk)

    def refused(**changes: Any) -> Any:
        return desk.post("/v1/pipelines", {**ROOM_TYPES, **changes})

    assert problem(await refused()) == (409, "event_kind_fed")
    assert problem(await refused(source_id=str(UUID(int=1)))) == (422, "bad_feed")
    assert problem(await refused(event_kind=None)) == (422, "bad_feed")
    nowhere = await refused(event_kind=None, source_id=str(UUID(int=1)))
    assert problem(nowhere) == (404, "data_source_not_found")


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ({"kind": "match", "field": "a", "pattern": "(a+)+", "into": {"b": "b"}}, "bad_pattern"),
        ({"kind": "cast", "field": "a", "into": "moment", "zone": "No/Where"}, "bad_step"),
        ({"kind": "eval", "field": "a"}, "malformed_request"),
    ],
)
async def test_steps_have_bounds(desk: Desk, step: Any, code: str) -> None:
    made: httpx.Response = await desk.post(
        "/v1/pipelines", {**ROOM_TYPES, "definition": {"key": "id", "steps": [step]}}
    )

    assert made.json()["code"] == code


async def test_a_pipeline_at_rest_begins_nothing(desk: Desk) -> None:
    pipeline = await added(desk)
    path = f"/v1/pipelines/{pipeline}"
    stopped = await desk.post(f"{path}/stop", headers=ANYTHING)

    assert stopped.json()["state"] == "paused"
    assert problem(await desk.post(f"{path}/runs")) == (409, "wrong_pipeline_state")
    await desk.post(f"{path}/start", headers=ANYTHING)
    await desk.post(f"{path}/runs")
    await desk.post(f"{path}/archive", headers=ANYTHING)
    (ended,) = (await desk.get(f"{path}/runs")).json()["items"]
    assert ended["state"] == "cancelled"
    assert (await desk.get("/v1/pipelines")).json()["items"] == []
    assert problem(await desk.post(f"{path}/start", headers=ANYTHING)) == (
        409,
        "wrong_pipeline_state",
    )
