"""What resources are found by: derived from them, and written anew whenever they are."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, String, Table, Uuid

from adapters.schema.inventory import resources
from adapters.schema.metadata import metadata

# The order of code points, in which words that begin alike stand together.
Word = String(40).with_variant(String(40, collation="C"), "postgresql")

resource_facets = Table(
    "resource_facets",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("facet", String(32), primary_key=True),
    Column("value", String(200), primary_key=True),
    Column("resource_id", Uuid, primary_key=True),
    ForeignKeyConstraint(
        ["organization_id", "resource_id"], [resources.c.organization_id, resources.c.id]
    ),
    Index(None, "organization_id", "resource_id"),
)

resource_words = Table(
    "resource_words",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("word", Word, primary_key=True),
    Column("resource_id", Uuid, primary_key=True),
    ForeignKeyConstraint(
        ["organization_id", "resource_id"], [resources.c.organization_id, resources.c.id]
    ),
    Index(None, "organization_id", "resource_id"),
)
