"""Payments, refunds, disputes, what providers say, and the books."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from adapters.migrations.wall import build

revision = "0028"
down_revision = "0027"

Moment = sa.DateTime(timezone=True)
Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OPEN = sa.text(
    "state IN ('created', 'requires_method', 'requires_action', 'processing', 'authorised')"
)
UNDER_WAY = sa.text("state IN ('approved', 'submitted')")
NOT_APPLIED = sa.text("state IN ('received', 'parked')")
FOR_GOOD = "what is in the books stays there"


def upgrade() -> None:
    _payments()
    _refunds()
    _disputes()
    _provider_events()
    _books()
    build(op.get_bind())


def downgrade() -> None:
    for table in ("transfers", "journals", "provider_events", "disputes", "refunds", "payments"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_changes()")


def _payments() -> None:
    op.create_table(
        "payments",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(24), nullable=False),
        sa.Column("method", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("provider", sa.String(16)),
        sa.Column("provider_reference", sa.String(255)),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("captured_minor", sa.BigInteger(), nullable=False),
        sa.Column("refunding_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("step", sa.String(8)),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("heard_at", Moment, nullable=False),
        sa.Column("details", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_payments"),
        sa.CheckConstraint(
            "state IN ('created', 'requires_method', 'requires_action', 'processing',"
            " 'authorised', 'captured', 'cancelled', 'failed')",
            name="ck_payments_state",
        ),
        sa.CheckConstraint("amount_minor > 0 AND captured_minor >= 0", name="ck_payments_amount"),
        sa.CheckConstraint(
            "0 <= refunding_minor AND refunding_minor <= captured_minor",
            name="ck_payments_refunding",
        ),
        sa.UniqueConstraint(
            "organization_id", "reference", name="uq_payments_organization_id_reference"
        ),
        sa.UniqueConstraint(
            "organization_id",
            "provider",
            "provider_reference",
            name="uq_payments_organization_id_provider_provider_reference",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "booking_id"],
            ["bookings.organization_id", "bookings.id"],
            name="fk_payments_organization_id_booking_id_bookings",
        ),
    )
    _index("payments", "booking_id")
    _index("payments", "created_at", "id")
    op.create_index(
        "uq_payments_open",
        "payments",
        ["organization_id", "booking_id"],
        unique=True,
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    )
    _partial_index("ix_payments_silent", "payments", "heard_at", OPEN)


def _refunds() -> None:
    op.create_table(
        "refunds",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.String(64), nullable=False),
        sa.Column("method", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("provider_reference", sa.String(255)),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("requested_at", Moment, nullable=False),
        sa.Column("heard_at", Moment, nullable=False),
        sa.Column("details", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_refunds"),
        sa.CheckConstraint(
            "state IN ('requested', 'approved', 'submitted', 'succeeded', 'failed', 'rejected')",
            name="ck_refunds_state",
        ),
        sa.CheckConstraint(
            "0 <= fee_minor AND fee_minor < amount_minor", name="ck_refunds_amount"
        ),
        sa.UniqueConstraint(
            "organization_id",
            "payment_id",
            "cause",
            name="uq_refunds_organization_id_payment_id_cause",
        ),
        _of_payment("refunds"),
    )
    _index("refunds", "booking_id")
    _index("refunds", "requested_at", "id")
    _index("refunds", "provider_reference")
    _partial_index("ix_refunds_under_way", "refunds", "heard_at", UNDER_WAY)


def _disputes() -> None:
    op.create_table(
        "disputes",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("provider_reference", sa.String(255), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("due_by", Moment),
        sa.Column("details", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_disputes"),
        sa.UniqueConstraint(
            "organization_id",
            "provider_reference",
            name="uq_disputes_organization_id_provider_reference",
        ),
        _of_payment("disputes"),
    )
    _index("disputes", "opened_at", "id")


def _provider_events() -> None:
    op.create_table(
        "provider_events",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(16), nullable=False),
        sa.Column("id", sa.String(255), nullable=False),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("subject", sa.String(16)),
        sa.Column("reference", sa.String(255), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text()),
        sa.PrimaryKeyConstraint("organization_id", "provider", "id", name="pk_provider_events"),
        sa.CheckConstraint(
            "state IN ('received', 'applied', 'ignored', 'parked')",
            name="ck_provider_events_state",
        ),
    )
    _index("provider_events", "received_at", "id")
    _partial_index("ix_provider_events_not_applied", "provider_events", "received_at", NOT_APPLIED)


def _books() -> None:
    op.create_table(
        "journals",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.String(24), nullable=False),
        sa.Column("about", sa.String(80), nullable=False),
        sa.Column("booking_id", sa.Uuid()),
        sa.Column("occurred_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_journals"),
        sa.UniqueConstraint(
            "organization_id", "cause", "about", name="uq_journals_organization_id_cause_about"
        ),
    )
    _index("journals", "occurred_at", "id")
    op.create_table(
        "transfers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("journal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Uuid()),
        sa.Column("debit", sa.String(16), nullable=False),
        sa.Column("credit", sa.String(16), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "journal_id", "number", name="pk_transfers"),
        sa.CheckConstraint("amount_minor > 0", name="ck_transfers_amount"),
        sa.CheckConstraint("debit <> credit", name="ck_transfers_accounts"),
        sa.ForeignKeyConstraint(
            ["organization_id", "journal_id"],
            ["journals.organization_id", "journals.id"],
            name="fk_transfers_organization_id_journal_id_journals",
        ),
    )
    _index("transfers", "booking_id")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_changes() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{FOR_GOOD}'; END $$"
        )
    for table in ("journals", "transfers"):
        _stay_as_written(table)


def _stay_as_written(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER tr_{table}_for_good BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_changes()"
        )
        return
    for change in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER tr_{table}_{change} BEFORE {change} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{FOR_GOOD}'); END"
        )


def _index(table: str, *columns: str) -> None:
    name = "_".join((f"ix_{table}_organization_id", *columns))
    op.create_index(name, table, ["organization_id", *columns])


def _partial_index(name: str, table: str, column: str, where: sa.TextClause) -> None:
    op.create_index(
        name,
        table,
        ["organization_id", column],
        postgresql_where=where,
        sqlite_where=where,
    )


def _of_payment(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", "payment_id"],
        ["payments.organization_id", "payments.id"],
        name=f"fk_{table}_organization_id_payment_id_payments",
    )
