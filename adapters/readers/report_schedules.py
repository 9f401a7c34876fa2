"""Views of reports that are sent by the clock in SQL, and who they are sent to."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.report_schedules import run_of, schedule_of
from adapters.schema.people import members
from adapters.schema.report_schedules import report_runs, report_schedules
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.keysets import page_backwards, page_of
from application.analytics.schedule_ports import Addressee, Addressees, ScheduleViews
from application.kernel.pages import Page, Slice
from domain.analytics.report_runs import ReportRun
from domain.analytics.report_schedules import ReportSchedule, ReportScheduleNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId, OrganizationId, ReportRunId, ReportScheduleId


@attrs.frozen
class SqlScheduleViews(ScheduleViews):
    database: Database

    async def schedule(self, actor: Actor, schedule_id: ReportScheduleId) -> ReportSchedule:
        question = select(report_schedules).where(
            report_schedules.c.organization_id == actor.organization_id,
            report_schedules.c.id == schedule_id,
        )

        def ask(connection: Connection) -> ReportSchedule:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise ReportScheduleNotFound(schedule_id)
            return schedule_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def schedules(
        self, actor: Actor, *, everybodys: bool, slice: Slice
    ) -> Page[ReportSchedule]:
        theirs = report_schedules.c.organization_id == actor.organization_id
        question = select(report_schedules).where(theirs)
        if not everybodys:
            question = question.where(report_schedules.c.owner_id == actor.id)
        keys = (report_schedules.c.id,)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, schedule_of),
            of=actor.organization_id,
        )

    async def runs(
        self, actor: Actor, schedule_id: ReportScheduleId, *, slice: Slice
    ) -> Page[ReportRun]:
        question = select(report_runs).where(
            report_runs.c.organization_id == actor.organization_id,
            report_runs.c.schedule_id == schedule_id,
        )
        keys = (report_runs.c.id,)
        return await self.database.read(
            lambda connection: page_backwards(connection, question, keys, slice, run_of),
            of=actor.organization_id,
        )

    async def run(self, actor: Actor, run_id: ReportRunId) -> ReportRun | None:
        question = select(report_runs).where(
            report_runs.c.organization_id == actor.organization_id, report_runs.c.id == run_id
        )

        def ask(connection: Connection) -> ReportRun | None:
            row = connection.execute(question).one_or_none()
            return None if row is None else run_of(row)

        return await self.database.read(ask, of=actor.organization_id)


@attrs.frozen
class SqlDueSchedules:
    """Whose reports are to be sent."""

    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        question = (
            select(report_schedules.c.organization_id)
            .where(report_schedules.c.next_due_at <= now)
            .distinct()
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )


@attrs.frozen
class SqlAddressees(Addressees):
    database: Database

    async def among(self, actor: Actor, wanted: Sequence[MemberId], /) -> Sequence[Addressee]:
        question = select(members.c.id, members.c.email).where(
            members.c.organization_id == actor.organization_id,
            members.c.id.in_(wanted),
            members.c.state == "active",
        )

        def ask(connection: Connection) -> Sequence[Addressee]:
            found = {row.id: row.email for row in connection.execute(question)}
            return [
                Addressee(member_id=each, email=found[each]) for each in wanted if each in found
            ]

        return await self.database.read(ask, of=actor.organization_id)
