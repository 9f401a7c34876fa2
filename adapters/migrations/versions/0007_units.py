"""Single units, and who has them when."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)

APART_ON_POSTGRES = """
    ALTER TABLE unit_claims ADD CONSTRAINT ex_unit_claims_minutes EXCLUDE USING gist (
        int8range(number * 1073741824 + first_minute, number * 1073741824 + until_minute) WITH &&
    )"""
APART_ON_SQLITE = tuple(
    f"""CREATE TRIGGER tr_unit_claims_{change} BEFORE {change} ON unit_claims
    WHEN EXISTS (
        SELECT 1 FROM unit_claims AS other
        WHERE other.organization_id = NEW.organization_id AND other.unit_id = NEW.unit_id
            AND other.first_minute < NEW.until_minute AND NEW.first_minute < other.until_minute
            {but_itself}
    )
    BEGIN SELECT RAISE(ABORT, 'two claims of one unit overlap'); END"""  # noqa: S608
    for change, but_itself in (("insert", ""), ("update", "AND other.rowid <> OLD.rowid"))
)


def upgrade() -> None:
    on_postgres = op.get_context().dialect.name == "postgresql"
    if on_postgres:
        op.execute("CREATE SEQUENCE inventory_unit_numbers")
    _create_units()
    _create_unit_claims()
    _create_assets()
    for wall in (APART_ON_POSTGRES,) if on_postgres else APART_ON_SQLITE:
        op.execute(wall)


def downgrade() -> None:
    op.drop_table("assets")
    op.drop_table("unit_claims")
    op.drop_table("inventory_units")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP SEQUENCE inventory_unit_numbers")


def _create_units() -> None:
    op.create_table(
        "inventory_units",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("resource_id", sa.Uuid()),
        sa.Column("label", sa.String(64), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_inventory_units"),
        sa.UniqueConstraint(
            "organization_id", "id", "number", name="uq_inventory_units_organization_id_id_number"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "resource_id"],
            ["resources.organization_id", "resources.id"],
            name="fk_inventory_units_organization_id_resource_id_resources",
        ),
    )
    op.create_index(
        "ix_inventory_units_organization_id_resource_id",
        "inventory_units",
        ["organization_id", "resource_id"],
    )


def _create_unit_claims() -> None:
    op.create_table(
        "unit_claims",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("first_minute", sa.BigInteger(), nullable=False),
        sa.Column("until_minute", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id", "hold_id", "unit_id", "first_minute", name="pk_unit_claims"
        ),
        sa.CheckConstraint(
            "0 <= first_minute AND first_minute < until_minute AND until_minute < 1073741824",
            name="ck_unit_claims_minutes",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "unit_id", "number"],
            ["inventory_units.organization_id", "inventory_units.id", "inventory_units.number"],
            name="fk_unit_claims_organization_id_unit_id_number_inventory_units",
        ),
    )
    op.create_index(
        "ix_unit_claims_organization_id_unit_id_first_minute",
        "unit_claims",
        ["organization_id", "unit_id", "first_minute"],
    )


def _create_assets() -> None:
    op.create_table(
        "assets",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("deleted_at", Moment),
        sa.Column("details", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_assets"),
        sa.ForeignKeyConstraint(
            ["organization_id", "id"],
            ["inventory_units.organization_id", "inventory_units.id"],
            name="fk_assets_organization_id_id_inventory_units",
        ),
    )
    op.create_index(
        "ix_assets_organization_id_kind_name_id",
        "assets",
        ["organization_id", "kind", "name", "id"],
    )
