"""Runs that are killed, put off, raced, tried again: each row is taken once all the same."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import attrs
import pytest
from dependency_injector import providers

from application.kernel.jobs import QueuedJob
from application.pipelines.connecting import (
    Cursor,
    Origin,
    Record,
    SourcePage,
    SourceUnavailable,
)
from application.pipelines.run_on_schedule import RunPipelinesOf
from application.pipelines.start_run import RunPipeline
from domain.kernel.identifiers import DataSourceId, JobId
from domain.pipelines.runs import LEASE
from domain.pipelines.source_options import CsvOptions, SourceKind
from domain.pipelines.sources import Connection, DataSourceState, Source
from tests.fakes.connectors import MemoryConnector, SameConnector
from tests.http.desk import Desk, problem
from tests.http.test_imports import Context

pytestmark = pytest.mark.anyio

SOURCE = DataSourceId(UUID(int=7))
A_PAGE = 5
ROWS = 23
PIPELINE: dict[str, Any] = {
    "name": "Rooms",
    "target": "offerings",
    "source_id": str(SOURCE),
    "definition": {"key": "key"},
    "policy": {"retries": 2},
}


class Killed(BaseException):
    """As if the process had gone."""


@attrs.define
class FewAtATime(MemoryConnector):
    """Whoever asks for page number `deadly` is killed, once."""

    deadly: int | None = None

    async def page(self, source: Origin, after: Cursor | None, /, *, limit: int) -> SourcePage:
        if self.deadly == len(self.asked):
            self.deadly = None
            raise Killed
        return await super().page(source, after, limit=min(limit, A_PAGE))


def rooms(number: int, **changes: Any) -> list[Record]:
    return [
        {
            "key": f"room-{each}",
            "name": f"Room {each}",
            "zone": "Europe/Lisbon",
            "offering.kind": "hotel",
            "offering.beds": "2",
            **changes,
        }
        for each in range(number)
    ]


@attrs.frozen
class Reading:
    desk: Desk
    connector: FewAtATime
    pipeline: str

    @classmethod
    async def of(cls, desk: Desk, records: Sequence[Record], **changes: Any) -> "Reading":
        connector = FewAtATime(records)
        runs = desk.container.pipelines.runs
        runs.connectors.override(providers.Object(SameConnector(connector)))
        runs.reset_singletons()
        desk = attrs.evolve(desk, http=Desk.http_of(desk.container))
        connection = Connection(kind=SourceKind.CSV, options=CsvOptions())
        source = Source(
            id=SOURCE, name="Rooms", connection=connection, state=DataSourceState.ACTIVE
        )
        await runs.unit_of_work()(desk.actor, lambda work: work.data_sources.save(source))
        made = await desk.post("/v1/pipelines", {**PIPELINE, **changes})
        assert made.status_code == 201, made.text
        return cls(desk, connector, made.json()["id"])

    async def begun(self, **said: Any) -> QueuedJob:
        started = await self.desk.post(f"/v1/pipelines/{self.pipeline}/runs", said or None)
        assert started.status_code == 202, started.text
        return self.job(started.json()["id"])

    def job(self, run_id: str) -> QueuedJob:
        return QueuedJob(
            name=RunPipeline.JOB,
            payload={"run_id": run_id},
            id=JobId(uuid4()),
            organization_id=self.desk.actor.organization_id,
        )

    async def work(self, job: QueuedJob) -> Any:
        async def pause(seconds: float) -> None:
            self.desk.clock.passes(timedelta(seconds=seconds))
            await asyncio.sleep(0)

        handler = self.desk.container.pipelines.runs.run_pipeline()
        await attrs.evolve(handler, pause=pause)(job, Context(actor=self.desk.actor))
        return (await self.desk.get(f"/v1/runs/{job.payload['run_id']}")).json()

    async def run(self, **said: Any) -> Any:
        return await self.work(await self.begun(**said))

    async def resources(self) -> int:
        found = (await self.desk.get("/v1/resources?limit=100")).json()["items"]
        return len({each["name"] for each in found}) if found else 0


async def test_whoever_is_killed_reads_one_page_again(any_desk: Desk) -> None:
    reading = await Reading.of(any_desk, rooms(ROWS))
    reading.connector.deadly = 3
    job = await reading.begun()
    with pytest.raises(Killed):
        await reading.work(job)
    run = (await any_desk.get(f"/v1/runs/{job.payload['run_id']}")).json()

    assert (run["state"], run["pages"], run["counts"]["new"]) == ("syncing", 3, 3 * A_PAGE)
    ended = await reading.work(job)

    assert (ended["state"], ended["counts"]["new"]) == ("succeeded", ROWS)
    assert [after and after["first"] for after in reading.connector.asked] == [None, 5, 10, 15, 20]
    assert await reading.resources() == ROWS
    again = await reading.run()
    assert (again["counts"]["unchanged"], again["counts"]["new"]) == (ROWS, 0)


async def test_two_workers_do_not_do_one_run_twice(any_desk: Desk) -> None:
    """The second waits until the lease of the first runs out, and then there is nothing left."""
    reading = await Reading.of(any_desk, rooms(ROWS))
    job = await reading.begun()
    other = reading.job(str(job.payload["run_id"]))

    ended, _ = await asyncio.gather(reading.work(job), reading.work(other))

    assert (ended["state"], ended["counts"]["new"]) == ("succeeded", ROWS)
    assert await reading.resources() == ROWS


async def test_another_takes_over_when_a_lease_runs_out(desk: Desk) -> None:
    reading = await Reading.of(desk, rooms(ROWS))
    reading.connector.deadly = 2
    job = await reading.begun()
    with pytest.raises(Killed):
        await reading.work(job)
    before = desk.clock()

    ended = await reading.work(reading.job(str(job.payload["run_id"])))

    assert (ended["state"], ended["counts"]["new"]) == ("succeeded", ROWS)
    assert desk.clock() - before >= LEASE


async def test_a_source_that_is_down_is_asked_later_and_not_for_ever(desk: Desk) -> None:
    down = SourceUnavailable("down")
    reading = await Reading.of(desk, rooms(ROWS))
    reading.connector.troubles = [down, down]
    ended = await reading.run()
    log = (await desk.get(f"/v1/runs/{ended['id']}/logs?level=warning")).json()["items"]

    assert ended["state"] == "succeeded"
    assert [note["what"] for note in log] == ["backing_off", "backing_off"]
    span = {"level": "warning", "from": log[0]["at"], "until": log[1]["at"]}
    within = await desk.get(f"/v1/runs/{ended['id']}/logs", params=span)
    assert within.json()["items"] == log[:1]

    reading.connector.records = rooms(ROWS + 1)
    reading.connector.troubles = [down] * 3
    failed = await reading.run()
    assert (failed["state"], failed["reason"]) == ("failed", "source_unavailable")
    child = (await desk.post(f"/v1/runs/{failed['id']}/retry")).json()
    assert (child["parent_id"], child["counts"]["read"]) == (failed["id"], 0)
    assert (await reading.work(reading.job(child["id"])))["counts"]["new"] == 1


async def test_what_is_gone_is_noted_unless_it_is_too_much(desk: Desk) -> None:
    reading = await Reading.of(desk, rooms(30))
    await reading.run()

    reading.connector.records = rooms(29)
    gone = await reading.run()
    reading.connector.records = rooms(10)
    guarded = await reading.run()
    reading.connector.records = rooms(30)
    back = await reading.run()

    assert (gone["state"], gone["counts"]["deleted"]) == ("succeeded", 1)
    assert (guarded["state"], guarded["reason"]) == ("partial", "too_many_vanished")
    assert guarded["counts"]["deleted"] == 0
    assert (back["state"], back["counts"]["unchanged"], back["counts"]["new"]) == (
        "succeeded",
        30,
        0,
    )


async def test_what_is_new_is_all_that_is_read(desk: Desk) -> None:
    reading = await Reading.of(desk, rooms(12), policy={"reading": "incremental"})
    await reading.run()
    reading.connector.records = rooms(14)
    reading.connector.asked.clear()

    more = await reading.run()

    assert (more["kind"], more["counts"]["read"], more["counts"]["new"]) == ("incremental", 2, 2)
    assert reading.connector.asked == [{"first": 12}]
    backfill = await reading.run(range={"field": "offering.beds", "first": "2", "until": "3"})
    assert (backfill["kind"], backfill["counts"]["unchanged"]) == ("backfill", 14)
    reading.connector.asked.clear()
    await reading.run()
    assert reading.connector.asked == [{"first": 14}]


async def test_a_run_of_nonsense_is_given_up_and_the_next_is_none_the_worse(desk: Desk) -> None:
    reading = await Reading.of(desk, [*rooms(5), *rooms(20, zone="Nowhere")])
    failed = await reading.run()
    reading.connector.records = rooms(20)
    ended = await reading.run()

    assert (failed["state"], failed["reason"]) == ("failed", "too_many_bad_rows")
    assert (ended["state"], ended["counts"]["quarantined"]) == ("succeeded", 0)
    waiting = (await desk.get(f"/v1/pipelines/{reading.pipeline}/quarantine")).json()["items"]
    assert waiting == []


async def test_a_dry_run_says_what_a_run_would_do_and_writes_nothing(desk: Desk) -> None:
    reading = await Reading.of(desk, [*rooms(3), {"key": "bad", "name": "Bad"}])
    desk = reading.desk
    path = f"/v1/pipelines/{reading.pipeline}/dry-run"
    tried = (await desk.post(path, {"limit": 5})).json()

    assert tried["counts"] | {"new": 3, "quarantined": 1, "read": 4} == tried["counts"]
    assert [row["outcome"] for row in tried["rows"]] == ["new"] * 3 + ["quarantined"]
    assert tried["rows"][3]["code"] == "malformed_row"
    assert await reading.resources() == 0
    assert (await desk.get(f"/v1/pipelines/{reading.pipeline}/runs")).json()["items"] == []

    await reading.run()
    reading.connector.records = rooms(2, name="Suite")
    tried = (await desk.post(path)).json()
    assert [row["outcome"] for row in tried["rows"]] == ["changed"] * 2
    reading.connector.troubles = [SourceUnavailable("down")]
    assert (await desk.post(path)).json()["trouble"] == "down"


async def test_a_source_that_is_due_has_its_pipelines_run(desk: Desk) -> None:
    reading = await Reading.of(desk, rooms(1))
    runs = desk.container.pipelines.runs
    command = RunPipelinesOf(actor=desk.actor, source_id=SOURCE)

    await runs.run_pipelines_of()(command)
    await runs.run_pipelines_of()(command)

    (begun,) = (await desk.get(f"/v1/pipelines/{reading.pipeline}/runs")).json()["items"]
    assert begun["state"] == "queued"
    path = f"/v1/pipelines/{reading.pipeline}/runs"
    assert problem(await desk.post(path)) == (409, "run_under_way")


async def test_what_came_of_reading_it_is_told_of_the_source(any_desk: Desk) -> None:
    reading = await Reading.of(any_desk, [*rooms(3), {"key": "bad", "name": "Bad"}])
    reading.connector.troubles = [SourceUnavailable("down")]
    ended = await reading.run()
    replay = await any_desk.post(f"/v1/pipelines/{reading.pipeline}/quarantine/replay")
    await reading.work(reading.job(replay.json()["id"]))
    path = f"/v1/data-sources/{SOURCE}"
    attempts = (await any_desk.get(f"{path}/attempts")).json()["items"]
    metrics = (await any_desk.get(f"{path}/metrics")).json()

    assert ended["state"] == "partial"
    assert [(each["asked"], each["reason"], each["records"]) for each in attempts] == [
        ("sync", None, 4),
        ("sync", "source_unavailable", 0),
    ]
    assert (metrics["syncs"], metrics["failed"], metrics["records"]) == (2, 1, 4)
    assert (await any_desk.get(path)).json()["health"] == "degraded"
