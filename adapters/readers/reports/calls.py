"""Reports of calls. They name nobody: numbers and names stay with the calls."""

from adapters.readers.reports.cells import (
    flag,
    identifier,
    moment,
    number,
    seconds,
    share,
    text,
)
from adapters.readers.reports.sql_report import SqlReport
from adapters.schema.call_quality import call_quality, evaluations
from adapters.schema.calls import calls
from adapters.schema.escalations import escalations
from adapters.sql.database import Database
from application.analytics.reports import ChartPlan
from domain.kernel.actors import Permission

NEEDS = frozenset({Permission.READ_CALLS})


def call_report(database: Database) -> SqlReport:
    return SqlReport(
        database=database,
        name="calls",
        title="Calls",
        needs=NEEDS,
        table=calls,
        moment=calls.c.started_at,
        keys=(calls.c.id,),
        only=(calls.c.deleted_at.is_(None),),
        shown=(
            identifier("id", calls.c.id),
            text("direction", calls.c.direction),
            text("status", calls.c.status),
            moment("started_at", calls.c.started_at),
            moment("answered_at", calls.c.answered_at),
            moment("ended_at", calls.c.ended_at),
            seconds("duration_seconds", calls.c.seconds),
            identifier("agent_id", calls.c.agent_id),
            text("bot", calls.c.bot),
            text("template", calls.c.template),
            identifier("disposition_id", calls.c.disposition_id),
            share("quality", calls.c.qa_milli),
            share("sentiment", calls.c.sentiment_milli),
            flag("escalated", calls.c.escalated),
        ),
        chart=ChartPlan(kind="stacked_bars", along="started_at", up="Calls", by="status"),
        chosen_by={
            "direction": calls.c.direction,
            "status": calls.c.status,
            "agent_id": calls.c.agent_id,
            "template": calls.c.template,
            "disposition_id": calls.c.disposition_id,
            "escalated": calls.c.escalated,
        },
    )


def escalation_report(database: Database) -> SqlReport:
    return SqlReport(
        database=database,
        name="escalations",
        title="Escalations",
        needs=NEEDS,
        table=escalations,
        moment=escalations.c.requested_at,
        keys=(escalations.c.id,),
        shown=(
            identifier("id", escalations.c.id),
            identifier("call_id", escalations.c.call_id),
            text("state", escalations.c.state),
            text("pulled_by", escalations.c.pulled_by),
            text("cause", escalations.c.cause),
            number("urgency", escalations.c.urgency),
            number("level", escalations.c.level),
            moment("requested_at", escalations.c.requested_at),
            moment("accepted_at", escalations.c.accepted_at),
            moment("ended_at", escalations.c.ended_at),
            text("ended_because", escalations.c.ended_because),
            identifier("agent_id", escalations.c.agent_id),
            identifier("queue_id", escalations.c.queue_id),
            number("offers", escalations.c.offers),
        ),
        chart=ChartPlan(kind="stacked_bars", along="requested_at", up="Escalations", by="cause"),
        chosen_by={
            "state": escalations.c.state,
            "cause": escalations.c.cause,
            "agent_id": escalations.c.agent_id,
            "queue_id": escalations.c.queue_id,
        },
    )


def evaluation_report(database: Database) -> SqlReport:
    """Calls with the one score that counts, however often they were evaluated."""
    return SqlReport(
        database=database,
        name="evaluations",
        title="Evaluated calls",
        needs=NEEDS,
        table=calls,
        moment=calls.c.started_at,
        keys=(calls.c.id,),
        joins=(
            (call_quality, call_quality.c.id == calls.c.id),
            (evaluations, evaluations.c.id == call_quality.c.evaluation_id),
        ),
        only=(calls.c.deleted_at.is_(None), call_quality.c.score.is_not(None)),
        shown=(
            identifier("call_id", calls.c.id),
            moment("started_at", calls.c.started_at),
            identifier("agent_id", calls.c.agent_id),
            share("score", call_quality.c.score),
            moment("scored_at", call_quality.c.scored_at),
            identifier("evaluation_id", call_quality.c.evaluation_id),
            identifier("scorecard_id", evaluations.c.scorecard_id),
            number("edition", evaluations.c.edition),
            text("state", evaluations.c.state),
            identifier("reviewer_id", evaluations.c.reviewer_id),
        ),
        chart=ChartPlan(kind="bars", along="started_at", up="Evaluated calls"),
        chosen_by={
            "agent_id": calls.c.agent_id,
            "scorecard_id": evaluations.c.scorecard_id,
            "state": evaluations.c.state,
        },
    )
