"""Reports that are sent by the clock are sent once an occasion, and come to an end."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, func, select

from adapters.readers.verification_checks import Check
from adapters.schema.report_schedules import report_runs, report_schedules
from domain.analytics.report_runs import ReportRunState

LONG = timedelta(days=4)


def report_checks(*, now: datetime) -> Sequence[Check]:
    return (_runs_come_to_an_end(now - LONG), _occasions_are_over(), _sent_reports_were_mailed())


def _runs_come_to_an_end(before: datetime) -> Check:
    return Check(
        name="report_runs_come_to_an_end",
        question=select(
            report_runs.c.organization_id,
            report_runs.c.id.label("subject"),
            report_runs.c.began_at,
        ).where(
            report_runs.c.state == ReportRunState.RUNNING.value, report_runs.c.began_at < before
        ),
        detail="began at {began_at}, and was neither sent nor failed",
    )


def _occasions_are_over() -> Check:
    last = func.max(report_runs.c.occasion_at)
    return Check(
        name="report_occasions_are_over",
        question=select(
            report_schedules.c.organization_id,
            report_schedules.c.id.label("subject"),
            report_schedules.c.next_due_at,
        )
        .join(
            report_runs,
            and_(
                report_runs.c.organization_id == report_schedules.c.organization_id,
                report_runs.c.schedule_id == report_schedules.c.id,
            ),
        )
        .where(report_runs.c.by_hand.is_(False))
        .group_by(
            report_schedules.c.organization_id,
            report_schedules.c.id,
            report_schedules.c.next_due_at,
        )
        .having(report_schedules.c.next_due_at <= last),
        detail="is due at {next_due_at}, for which it has run",
    )


def _sent_reports_were_mailed() -> Check:
    return Check(
        name="sent_reports_were_mailed",
        question=select(report_runs.c.organization_id, report_runs.c.id.label("subject")).where(
            report_runs.c.state == ReportRunState.SENT.value, report_runs.c.mailed < 1
        ),
        detail="is said to be sent, to nobody",
    )
