"""Tables of imports: what is left to do, what is done, and what was refused."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    Text,
    Uuid,
)

from adapters.schema.metadata import Document, metadata

imports = Table(
    "imports",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("target", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    CheckConstraint(
        "target IN ('offerings', 'pools', 'past_bookings', 'past_calls', 'bookings', 'contacts',"
        " 'documents')",
        "target",
    ),
    CheckConstraint("state IN ('running', 'completed')", "state"),
    CheckConstraint("taken >= 0 AND refused >= 0 AND taken + refused <= rows", "counts"),
)

# Gone as soon as its rows have been taken, in the same transaction.
import_chunks = Table(
    "import_chunks",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("import_id", Uuid, primary_key=True),
    Column("chunk", Integer, primary_key=True),
    Column("rows", Document, nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "import_id"], [imports.c.organization_id, imports.c.id]
    ),
)

import_refusals = Table(
    "import_refusals",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("import_id", Uuid, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("code", String(64), nullable=False),
    Column("field", String(200), nullable=False),
    Column("detail", Text, nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "import_id"], [imports.c.organization_id, imports.c.id]
    ),
)
