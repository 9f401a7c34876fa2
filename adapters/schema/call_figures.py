"""Tables that figures about calls are read from: a row a call, and sums of quarters, hours and
days.

They follow from the calls, and are written by whoever hears what has happened to them.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    Uuid,
)

from adapters.schema.metadata import Moment, metadata
from domain.analytics.call_totals import COUNTED

# A quarter is its number since 1970. A moment stands beside it where lists are cut more finely.
call_figures = Table(
    "call_figures",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),  # that of the call
    Column("started_at", Moment, nullable=False),
    Column("asked_at", Moment),
    Column("answered_at", Moment),
    Column("ended_at", Moment),
    Column("started_quarter", Integer, nullable=False),
    Column("asked_quarter", Integer),
    Column("answered_quarter", Integer),
    Column("ended_quarter", Integer),
    Column("inbound", Boolean, nullable=False),
    Column("status", String(16), nullable=False),
    Column("escalated", Boolean, nullable=False),
    Column("handler_id", Uuid),
    Column("agent_id", Uuid),
    Column("bot", String(100)),
    Column("template", String(100)),
    Column("queue_id", Uuid),
    Column("disposition_id", Uuid),
    Column("waited_ms", BigInteger),
    Column("stayed_ms", BigInteger),
    Column("talked_ms", BigInteger),
    Column("held_ms", BigInteger),
    Column("wrapped_ms", BigInteger),
    Column("score", Integer),
    Column("sentiment", Integer),
    Column("compliance", Integer),
    Column("accuracy", Integer),
    Column("professionalism", Integer),
    Column("issues", String(1000), nullable=False),  # kinds, with commas between
    Index("ix_call_figures_started_at", "organization_id", "started_at", "id"),
    Index("ix_call_figures_asked_at", "organization_id", "asked_at", "id"),
    Index("ix_call_figures_answered_at", "organization_id", "answered_at", "id"),
    Index("ix_call_figures_ended_at", "organization_id", "ended_at", "id"),
    Index("ix_call_figures_agent_id", "organization_id", "agent_id", "started_at"),
    Index("ix_call_figures_handler_id", "organization_id", "handler_id", "started_at"),
    Index("ix_call_figures_template", "organization_id", "template", "started_at"),
    Index("ix_call_figures_queue_id", "organization_id", "queue_id", "started_at"),
)


def _sums(table: str, number: str) -> Table:
    """A row for each in which a call started, asked, was answered or ended."""
    return Table(
        table,
        metadata,
        Column("organization_id", Uuid, primary_key=True),
        Column("axis", String(8), primary_key=True),
        Column(number, Integer, primary_key=True, autoincrement=False),
        *(Column(name, BigInteger, nullable=False) for name in COUNTED),
        CheckConstraint("axis IN ('started', 'asked', 'answered', 'ended')", "axis"),
    )


# Hours are four quarters, counted from 1970 in UTC as well.
call_quarters = _sums("call_quarters", "quarter")
call_hours = _sums("call_hours", "hour")
# Of calls that came in: what is left of all hours are those that went out.
call_inbound_hours = _sums("call_inbound_hours", "hour")

# Days of UTC in which calls started. The key is empty for calls that have no such thing, and the
# digits of an identifier without dashes where it is one.
call_group_days = Table(
    "call_group_days",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("grouped_by", String(16), primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("key", String(100), primary_key=True),
    *(Column(name, BigInteger, nullable=False) for name in COUNTED),
    CheckConstraint(
        "grouped_by IN ('agent_id', 'handler_id', 'template', 'queue_id', 'disposition_id')",
        "grouped_by",
    ),
)
