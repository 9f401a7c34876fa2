"""Table of the keys that personal data is sealed with."""

from sqlalchemy import Column, String, Table, Uuid

from adapters.schema.metadata import metadata

# In a table of their own, so that they can be backed up apart from what they open. Whoever is
# forgotten has no row here.
data_keys = Table(
    "data_keys",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),  # that of the row it opens
    Column("wrapped", String(200), nullable=False),
)
