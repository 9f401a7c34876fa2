"""Tables of calls, of what was heard of them and noted about them."""

from collections.abc import Sequence

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)

from adapters.schema.documentation import quoted_passages
from adapters.schema.metadata import Document, Moment, metadata

SHOWN = text("deleted_at IS NULL")
FELT = {
    "positive": "sentiment_milli > 100",
    "neutral": "sentiment_milli BETWEEN -100 AND 100",
    "negative": "sentiment_milli < -100",
}
RECORDED = text("recorded_at IS NOT NULL")
OPEN = text("status IN ('scheduled', 'queued', 'ringing', 'in_progress', 'wrapping')")

# What lists are looked through for stands in their indexes, so that a call is looked at only to be
# shown: in those of the orders all of it, in those of conditions what is short.
TOLD = (
    "started_at",
    "seconds",
    "qa_milli",
    "sentiment_milli",
    "status",
    "direction",
    "escalated",
)


ALL_TOLD = (*TOLD, "handler_id", "agent_id", "bot", "template", "disposition_id")


def telling(told: Sequence[str], *columns: str) -> Sequence[str]:
    """Columns of an index, in their order, and behind them what is told besides."""
    return "organization_id", *columns, *(name for name in told if name not in columns)


# Lists are in the order of a column that always has a value: -1 seconds and -1 thousandths are
# what is not known yet.
calls = Table(
    "calls",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("direction", String(8), nullable=False),
    Column("status", String(16), nullable=False),
    Column("provider", String(16)),
    Column("provider_call", String(255)),
    Column("caller", String(64)),
    Column("called", String(64)),
    Column("handler_id", Uuid),
    Column("agent_id", Uuid),
    Column("bot", String(100)),
    Column("template", String(100)),
    Column("root_call_id", Uuid),
    Column("disposition_id", Uuid),
    Column("started_at", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("ended_at", Moment),
    Column("seconds", Integer, nullable=False),
    Column("qa_milli", Integer, nullable=False),
    Column("sentiment_milli", Integer),
    Column("escalated", Boolean, nullable=False),
    Column("deleted_at", Moment),
    Column("people", Document, nullable=False),
    Column("details", Document, nullable=False),
    # Since when there is a recording, and on what basis; neither once it is deleted.
    Column("recorded_at", Moment),
    Column("recorded_on", String(16)),
    CheckConstraint("direction IN ('inbound', 'outbound')", "direction"),
    CheckConstraint(
        "status IN ('scheduled', 'queued', 'ringing', 'in_progress', 'wrapping', 'completed',"
        " 'busy', 'no_answer', 'rejected', 'failed', 'cancelled')",
        "status",
    ),
    CheckConstraint("qa_milli BETWEEN -1 AND 1000", "qa"),
    CheckConstraint("sentiment_milli BETWEEN -1000 AND 1000", "sentiment"),
    UniqueConstraint("organization_id", "provider", "provider_call"),
    *(
        Index(f"ix_calls_{name}", *columns, postgresql_where=SHOWN, sqlite_where=SHOWN)
        for name, columns in {
            "started_at": telling(ALL_TOLD, "started_at", "id"),
            "seconds": telling(ALL_TOLD, "seconds", "id"),
            "qa_milli": telling(ALL_TOLD, "qa_milli", "id"),
            "status": telling(TOLD, "status", "started_at", "id"),
            "handler_id": telling(TOLD, "handler_id", "started_at", "id"),
            "caller": ("organization_id", "caller", "started_at", "id"),
            "called": ("organization_id", "called", "started_at", "id"),
        }.items()
    ),
    # Most calls have none of these while their line goes on.
    *(
        Index(
            f"ix_calls_{name}",
            *telling(TOLD, name, "started_at", "id"),
            postgresql_where=text(f"{name} IS NOT NULL AND deleted_at IS NULL"),
            sqlite_where=text(f"{name} IS NOT NULL AND deleted_at IS NULL"),
        )
        for name in ("agent_id", "template", "disposition_id")
    ),
    # By score: what nobody has judged comes first there, and is no short way to go along.
    *(
        Index(
            f"ix_calls_{name}",
            *telling(TOLD, "qa_milli", "id"),
            postgresql_where=text(f"{felt} AND deleted_at IS NULL"),
            sqlite_where=text(f"{felt} AND deleted_at IS NULL"),
        )
        for name, felt in FELT.items()
    ),
    Index(
        "ix_calls_escalated",
        *telling(TOLD, "escalated", "started_at", "id"),
        postgresql_where=text("escalated IS true AND deleted_at IS NULL"),
        sqlite_where=text("escalated IS 1 AND deleted_at IS NULL"),
    ),
    Index("ix_calls_provider_call", "organization_id", "provider_call"),
    Index(
        "ix_calls_open",
        "organization_id",
        "started_at",
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    ),
    Index(
        "ix_calls_recorded",
        "organization_id",
        "recorded_at",
        "recorded_on",
        postgresql_where=RECORDED,
        sqlite_where=RECORDED,
    ),
)

# Never changed. The key makes one row of what is delivered several times.
call_facts = Table(
    "call_facts",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("provider", String(16), primary_key=True),
    Column("provider_call", String(255), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("call_id", Uuid, nullable=False),
    Column("event", String(64), nullable=False),
    Column("sequence", Integer),
    Column("status", String(16)),
    Column("leg", String(64)),
    Column("at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("details", Document, nullable=False),
    ForeignKeyConstraint(["organization_id", "call_id"], [calls.c.organization_id, calls.c.id]),
    Index(None, "organization_id", "call_id", "at"),
)

# Notes say something about people: `wordings` is sealed with the key of the call.
call_notes = Table(
    "call_notes",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("call_id", Uuid, nullable=False),
    Column("author_id", Uuid, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("removed_at", Moment),
    Column("wordings", Document, nullable=False),
    ForeignKeyConstraint(["organization_id", "call_id"], [calls.c.organization_id, calls.c.id]),
    Index(None, "organization_id", "call_id", "written_at", "id"),
)

# What was quoted says nothing about people, but that it was quoted to somebody does: once their
# calls are forgotten, there are none.
quotations = Table(
    "quotations",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("call_id", Uuid, nullable=False),
    Column("passage_id", Uuid, nullable=False),
    Column("edition", String(40)),
    Column("fetched_at", Moment, nullable=False),
    Column("quoted_by", Uuid, nullable=False),
    Column("quoted_at", Moment, nullable=False),
    ForeignKeyConstraint(["organization_id", "call_id"], [calls.c.organization_id, calls.c.id]),
    ForeignKeyConstraint(
        ["organization_id", "passage_id"],
        [quoted_passages.c.organization_id, quoted_passages.c.id],
    ),
    Index(None, "organization_id", "call_id", "quoted_at", "id"),
    Index(None, "organization_id", "passage_id"),
    Index(None, "organization_id", "quoted_at"),
)
