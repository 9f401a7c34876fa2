"""Reports that are sent by the clock, and their runs, from their rows and to them."""

from typing import Any

import attrs
from sqlalchemy import Row

from adapters.sql.documents import new_converter
from domain.analytics.report_runs import ReportRun, ReportRunState
from domain.analytics.report_schedules import ReportSchedule, ScheduleState, Sending
from domain.kernel.identifiers import ActorId, ReportScheduleId

converter = new_converter()
OF_RUNS = [field.name for field in attrs.fields(ReportRun) if field.name != "state"]


def schedule_of(row: Row[Any]) -> ReportSchedule:
    return ReportSchedule(
        id=ReportScheduleId(row.id),
        version=row.version,
        owner=ActorId(row.owner_id),
        state=ScheduleState(row.state),
        next_due_at=row.next_due_at,
        sending=converter.structure(row.sending, Sending),
    )


def schedule_values(schedule: ReportSchedule) -> dict[str, Any]:
    return {
        "owner_id": schedule.owner,
        "state": schedule.state.value,
        "next_due_at": schedule.next_due_at,
        "sending": converter.unstructure(schedule.sending),
    }


def run_of(row: Row[Any]) -> ReportRun:
    members = {name: getattr(row, name) for name in OF_RUNS}
    return ReportRun(state=ReportRunState(row.state), **members)


def run_values(run: ReportRun) -> dict[str, Any]:
    members = {name: getattr(run, name) for name in OF_RUNS if name not in ("id", "version")}
    return {"state": run.state.value, **members}
