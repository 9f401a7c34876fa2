"""Exports: reports made into files in the background, for whoever may have them."""

import csv
from collections.abc import Awaitable, Callable
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import attrs
import httpx
import pytest

from application.analytics.export_ports import ExportWork
from application.analytics.run_export import RunExport, RunExportHandler
from application.identity.set_status import SetOrganizationStatus
from application.kernel.jobs import JobContext, QueuedJob, Result
from application.kernel.ports import UnitOfWork
from application.kernel.refusals import Unavailable
from domain.identity.organizations import OrganizationStatus
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ExportId, JobId
from tests.http.desk import Caller, Desk, problem

pytestmark = pytest.mark.anyio

MARCH = {"from": "2027-03-01T00:00:00Z", "until": "2027-04-01T00:00:00Z"}
BOOKINGS = {"report": "bookings", "format": "csv", **MARCH}


class Died(Exception):
    """As if the process were killed."""


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


@attrs.define
class Mortal(UnitOfWork[ExportWork]):
    """Dies after so many transactions, before whoever waits hears that they were committed."""

    work: UnitOfWork[ExportWork]
    left: int
    of: Exception = attrs.field(factory=Died)

    async def __call__(self, actor: Actor, decide: Any, /, *, once: Any = None) -> Any:
        done = await self.work(actor, decide, once=once)
        self.left -= 1
        if self.left == 0:
            raise self.of
        return done


async def ask(desk: Caller, **changes: Any) -> str:
    requested = await desk.post("/v1/exports", {**BOOKINGS, **changes})
    assert requested.status_code == 202, requested.text
    return str(requested.json()["id"])


def job_of(desk: Desk, export_id: str) -> QueuedJob:
    return QueuedJob(
        id=JobId(UUID(int=1)),
        organization_id=desk.actor.organization_id,
        name=RunExport.JOB,
        payload=RunExport(export_id=ExportId(UUID(export_id))).job.payload,
    )


async def run(desk: Desk, export_id: str, **changes: Any) -> Any:
    """As the worker does, a row a part, and how far the export is then."""
    usual: RunExportHandler = desk.container.reports.run_export()
    handler = attrs.evolve(usual, rows_in_a_part=1, **changes)
    await handler(job_of(desk, export_id), Context(desk.actor))
    return (await desk.get(f"/v1/exports/{export_id}")).json()


async def booked(desk: Desk, number: int) -> list[str]:
    room = await desk.rooms(capacity=number)
    return [(await desk.hold(room)).json()["reference"] for _ in range(number)]


def references(file: httpx.Response) -> list[str]:
    assert file.status_code == 200, file.text
    rows = csv.DictReader(StringIO(file.text, newline=""))
    return [row["reference"] for row in rows]


async def test_a_report_becomes_a_file(any_desk: Desk) -> None:
    booking_references = await booked(any_desk, 3)
    export_id = await ask(any_desk)
    path = f"/v1/exports/{export_id}"
    assert problem(await any_desk.get(f"{path}/file")) == (409, "export_not_ready")

    done = await run(any_desk, export_id)
    assert (done["state"], done["rows"], done["version"]) == ("completed", 3, 4)
    file = await any_desk.get(f"{path}/file")
    assert sorted(references(file)) == sorted(booking_references)
    assert len(file.content) == done["size"]
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    taken = await any_desk.get("/v1/reports/bookings", params=MARCH)
    assert taken.content == file.content


async def test_whoever_dies_somebody_goes_on_behind_the_last_part(any_desk: Desk) -> None:
    booking_references = await booked(any_desk, 4)
    export_id = await ask(any_desk)
    work: UnitOfWork[ExportWork] = any_desk.container.reports.unit_of_work()
    for transactions in (1, 2):
        with pytest.raises(Died):
            await run(any_desk, export_id, unit_of_work=Mortal(work, transactions))
    done = await run(any_desk, export_id)
    assert (done["state"], done["rows"]) == ("completed", 4)
    file = await any_desk.get(f"/v1/exports/{export_id}/file")
    assert sorted(references(file)) == sorted(booking_references)
    again = await run(any_desk, export_id)
    assert again == {**done, "download": again["download"]}


async def test_a_database_that_is_away_for_a_moment_fails_no_export(desk: Desk) -> None:
    await booked(desk, 2)
    export_id = await ask(desk)
    work: UnitOfWork[ExportWork] = desk.container.reports.unit_of_work()
    with pytest.raises(Unavailable):
        await run(desk, export_id, unit_of_work=Mortal(work, 1, of=Unavailable()))

    assert (await desk.get(f"/v1/exports/{export_id}")).json()["state"] == "running"
    assert (await run(desk, export_id))["rows"] == 2


async def test_a_link_leads_to_the_file_until_it_expires(desk: Desk) -> None:
    await booked(desk, 1)
    export_id = await ask(desk)
    assert (await desk.get(f"/v1/exports/{export_id}")).json()["download"] is None
    download = (await run(desk, export_id))["download"]
    path = urlsplit(download["url"]).path

    nobody = desk.nobody()
    assert len(references(await nobody.get(path))) == 1
    forged = path[:-1] + ("A" if path[-1] != "A" else "B")
    for wrong in (forged, "/v1/downloads/x", f"{path[:40]}"):
        assert problem(await nobody.get(wrong)) == (404, "no_such_download")
    desk.clock.passes(timedelta(hours=1))
    assert problem(await nobody.get(path)) == (409, "download_expired")
    assert len(references(await desk.get(f"/v1/exports/{export_id}/file"))) == 1


async def test_a_link_of_a_deactivated_organization_leads_nowhere(desk: Desk) -> None:
    await booked(desk, 1)
    path = urlsplit((await run(desk, await ask(desk)))["download"]["url"]).path
    set_status = desk.container.identity.set_status()
    for status, answered in (
        (OrganizationStatus.SUSPENDED, 200),
        (OrganizationStatus.DEACTIVATED, 403),
        (OrganizationStatus.ACTIVE, 200),
    ):
        await set_status(
            SetOrganizationStatus(actor=desk.actor, status=status, even_if_booked=True)
        )
        assert (await desk.nobody().get(path)).status_code == answered


async def test_what_is_deleted_cannot_be_had_with_a_link(desk: Desk) -> None:
    await booked(desk, 1)
    export_id = await ask(desk)
    path = urlsplit((await run(desk, export_id))["download"]["url"]).path
    deleted = await desk.send("DELETE", f"/v1/exports/{export_id}")
    assert deleted.status_code == 200
    assert problem(await desk.nobody().get(path)) == (404, "export_not_found")
    assert problem(await desk.get(f"/v1/exports/{export_id}")) == (404, "export_not_found")


async def test_a_cancelled_export_is_not_gone_on_with(any_desk: Desk) -> None:
    await booked(any_desk, 3)
    export_id = await ask(any_desk)
    work = any_desk.container.reports.unit_of_work()
    with pytest.raises(Died):
        await run(any_desk, export_id, unit_of_work=Mortal(work, 1))
    cancelled = await any_desk.post(f"/v1/exports/{export_id}/cancel")
    assert (cancelled.json()["state"], cancelled.json()["size"]) == ("cancelled", 0)
    assert (await run(any_desk, export_id))["state"] == "cancelled"
    again = await any_desk.post(f"/v1/exports/{export_id}/cancel")
    assert problem(again) == (409, "export_over")


async def test_others_do_not_see_it_unless_they_may_know_who_took_what(desk: Desk) -> None:
    may = frozenset({Permission.EXPORT, Permission.READ_BOOKINGS})
    one, other = await desk.caller(may), await desk.caller(may)
    export_id = await ask(one)
    path = f"/v1/exports/{export_id}"
    await run(desk, export_id)
    assert (await one.get(path)).status_code == 200
    for hidden in (await other.get(path), await other.get(f"{path}/file")):
        assert problem(hidden) == (404, "export_not_found")
    assert problem(await other.send("DELETE", path)) == (404, "export_not_found")
    assert problem(await other.post(f"{path}/cancel")) == (404, "export_not_found")
    mine = [(await who.get("/v1/exports")).json()["items"] for who in (one, other, desk)]
    assert list(map(len, mine)) == [1, 0, 1]
    refused = await one.post("/v1/exports", {**BOOKINGS, "report": "calls"})
    assert problem(refused) == (403, "not_permitted")


async def test_what_was_made_and_fetched_is_on_the_audit_trail(desk: Desk) -> None:
    export_id = await ask(desk)
    await run(desk, export_id)
    await desk.get(f"/v1/exports/{export_id}/file")
    await desk.relay()
    trail = (await desk.get("/v1/audit", params={"subject": export_id})).json()["items"]
    assert [record["kind"] for record in trail] == [
        "export_requested",
        "export_completed",
        "export_taken",
    ]


async def test_what_cannot_be_answered_is_refused_at_once(desk: Desk) -> None:
    for changes, status, code in (
        ({"report": "nothing"}, 404, "report_not_found"),
        ({"filters": {"colour": "red"}}, 422, "unknown_filter"),
        ({"filters": {"resource_id": "x"}}, 422, "bad_filter"),
        ({"zone": "Europe/Nowhere"}, 422, "unknown_zone"),
        ({"from": MARCH["until"]}, 422, "bad_period"),
    ):
        refused = await desk.post("/v1/exports", {**BOOKINGS, **changes})
        assert problem(refused) == (status, code)


async def test_expired_exports_are_forgotten_with_their_files(any_desk: Desk) -> None:
    await booked(any_desk, 1)
    export_id = await ask(any_desk)
    await run(any_desk, export_id)
    retention = any_desk.container.schedules.retention()
    expires = any_desk.clock.now + timedelta(days=7)
    for before, forgotten in ((expires, 0), (expires + timedelta(seconds=1), 1)):
        done = await retention.forget_exports(any_desk.actor, before=before, limit=10)
        assert done == forgotten
    gone = await any_desk.get(f"/v1/exports/{export_id}")
    assert problem(gone) == (404, "export_not_found")
