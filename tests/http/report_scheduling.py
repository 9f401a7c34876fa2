"""Reports that are sent by the clock, and a worker that may die."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import attrs
import httpx

from application.analytics.run_schedules import RunDueSchedules, SendReport
from application.analytics.send_report import SendReportHandler
from application.kernel.jobs import JobContext, QueuedJob, Result
from domain.kernel.actors import Actor
from domain.kernel.identifiers import JobId, ReportRunId
from tests.http.desk import Caller, Desk
from tests.http.people import Staff

SCHEDULES = "/v1/report-schedules"
SEVEN = datetime(2027, 3, 2, 7, tzinfo=timezone.utc)  # Lisbon's winter is London's
DAY = timedelta(days=1)
SEEN = {"If-Match": "*"}


class Died(BaseException):
    """As if the process were killed."""


@attrs.define
class Remembering(JobContext):
    """Steps are done once, however often the job is begun; dies after so many."""

    _actor: Actor
    done: dict[str, Any]
    left: int = -1

    @property
    def actor(self) -> Actor:
        return self._actor

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], /) -> Result:
        if name not in self.done:
            self.done[name] = await work()
            self.left -= 1
            if self.left == 0:
                raise Died
        result: Result = self.done[name]
        return result

    async def progress(self, done: int, total: int) -> None:
        raise AssertionError


async def opened(desk: Desk) -> Staff:
    desk.clock.now = SEVEN - DAY
    staff = await Staff.of(desk)
    room = await desk.rooms(capacity=9)
    await desk.hold(room)
    return staff


async def added(staff: Staff, who: Caller | None = None, **changes: Any) -> Any:
    asked = {**daily(await id_of(staff.ada)), **changes}
    answer = await (who or staff.ada).post(SCHEDULES, asked)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def come_due(desk: Desk) -> int:
    due: int = await desk.container.reports.schedules.run_due()(RunDueSchedules(actor=desk.actor))
    return due


async def runs(staff: Staff, schedule: Any) -> list[Any]:
    """The latest first."""
    answer = await staff.desk.get(f"{SCHEDULES}/{schedule['id']}/runs")
    items: list[Any] = answer.json()["items"]
    return items


async def send(desk: Desk, run: Any, context: JobContext | None = None, **changes: Any) -> None:
    """As the worker does."""
    usual: SendReportHandler = desk.container.reports.schedules.send_report()
    job = QueuedJob(
        id=JobId(UUID(int=1)),
        organization_id=desk.actor.organization_id,
        name=SendReport.JOB,
        payload=SendReport(run_id=ReportRunId(UUID(run["id"]))).job.payload,
    )
    await attrs.evolve(usual, **changes)(job, context or Remembering(desk.actor, {}))


async def id_of(member: Caller) -> str:
    id: str = (await member.get("/v1/me")).json()["member"]["id"]
    return id


def daily(*recipients: str) -> dict[str, Any]:
    return {
        "name": "Bookings of yesterday",
        "report": "booking_volume",
        "format": "csv",
        "covers": "day",
        "schedule": {"cron": "0 7 * * *", "zone": "Europe/Lisbon"},
        "recipients": list(recipients),
    }


async def scheduled(desk: Caller, member: Caller, name: str) -> httpx.Response:
    asked = {**daily(await id_of(member)), "name": f"{name} report"}
    return await desk.post("/v1/report-schedules", asked)
