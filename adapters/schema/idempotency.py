"""Answers already given, by the key they were given under."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Uuid

from adapters.schema.metadata import Document, Moment, metadata

answers = Table(
    "answers",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("actor_id", Uuid, primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", LargeBinary(32), nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Document, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("answered_at", Moment, nullable=False),
)
