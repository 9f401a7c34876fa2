"""Reports that are sent by the clock in SQL, and their transaction."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import delete, func, select

from adapters.mapping.report_schedules import run_of, run_values, schedule_of, schedule_values
from adapters.repositories.exports import SqlExports
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.schema.identity import organizations
from adapters.schema.report_schedules import report_runs, report_schedules
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.analytics.schedule_ports import ReportRuns, ReportSchedules, ScheduleWork
from domain.analytics.report_runs import ReportRun, ReportRunState
from domain.analytics.report_schedules import ReportSchedule, ReportScheduleNotFound
from domain.kernel.identifiers import ReportRunId, ReportScheduleId


@attrs.frozen
class SqlReportSchedules(ReportSchedules):
    scope: Scope

    def get(self, schedule_id: ReportScheduleId) -> ReportSchedule:
        question = select(report_schedules).where(
            self.scope.owns(report_schedules), report_schedules.c.id == schedule_id
        )
        row = self.scope.ask(question).one_or_none()
        if row is None:
            raise ReportScheduleNotFound(schedule_id)
        return schedule_of(row)

    def number(self) -> int:
        locked = select(organizations.c.organization_id).where(self.scope.owns(organizations))
        self.scope.execute(locked.with_for_update())
        every = select(func.count()).where(self.scope.owns(report_schedules))
        return int(self.scope.ask(every).scalar_one())

    def save(self, schedule: ReportSchedule) -> ReportSchedule:
        values = schedule_values(schedule)
        version = store(self.scope, report_schedules, schedule.id, schedule.version, **values)
        EventLog(self.scope).publish(schedule.events)
        return attrs.evolve(schedule, version=version, events=())

    def delete(self, schedule: ReportSchedule) -> None:
        for table, key in (
            (report_runs, report_runs.c.schedule_id),
            (report_schedules, report_schedules.c.id),
        ):
            self.scope.execute(delete(table).where(self.scope.owns(table), key == schedule.id))
        EventLog(self.scope).publish(schedule.events)

    def due(self, *, now: datetime, limit: int) -> Sequence[ReportScheduleId]:
        question = (
            select(report_schedules.c.id)
            .where(self.scope.owns(report_schedules), report_schedules.c.next_due_at <= now)
            .order_by(report_schedules.c.next_due_at, report_schedules.c.id)
            .limit(limit)
        )
        return [ReportScheduleId(id) for id in self.scope.ask(question).scalars()]


@attrs.frozen
class SqlReportRuns(ReportRuns):
    scope: Scope

    def find(self, run_id: ReportRunId) -> ReportRun | None:
        question = select(report_runs).where(
            self.scope.owns(report_runs), report_runs.c.id == run_id
        )
        row = self.scope.ask(question).one_or_none()
        return None if row is None else run_of(row)

    def left(self, schedule_id: ReportScheduleId, *, before: datetime) -> Sequence[ReportRun]:
        question = select(report_runs).where(
            self.scope.owns(report_runs),
            report_runs.c.schedule_id == schedule_id,
            report_runs.c.state == ReportRunState.RUNNING.value,
            report_runs.c.began_at < before,
        )
        return [run_of(row) for row in self.scope.ask(question)]

    def save(self, run: ReportRun) -> ReportRun:
        version = store(self.scope, report_runs, run.id, run.version, **run_values(run))
        return attrs.evolve(run, version=version)


@attrs.frozen(kw_only=True)
class SqlScheduleWork(ScheduleWork):
    schedules: SqlReportSchedules
    runs: SqlReportRuns
    exports: SqlExports
    facts: EventLog
    jobs: SqlJobQueue

    @classmethod
    def on(cls, scope: Scope) -> "SqlScheduleWork":
        return cls(
            schedules=SqlReportSchedules(scope),
            runs=SqlReportRuns(scope),
            exports=SqlExports(scope),
            facts=EventLog(scope),
            jobs=SqlJobQueue(scope),
        )
