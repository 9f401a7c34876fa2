"""House rules about tables."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
)

from adapters import schema
from adapters.schema.metadata import metadata

# Where organizations begin: of all tables, only this one is looked into without knowing for whom.
EXEMPT = {"organizations"}


def registered() -> MetaData:
    """The catalogue, after every module has had the chance to register its tables."""
    for module in pkgutil.walk_packages(schema.__path__, f"{schema.__name__}."):
        import_module(module.name)
    return metadata


def keys(table: Table) -> Iterator[tuple[str, ...]]:
    """Everything that identifies a row, here or in another table."""
    for constraint in table.constraints:
        if isinstance(constraint, ForeignKeyConstraint | UniqueConstraint):
            yield tuple(constraint.columns.keys())
    yield tuple(table.primary_key.columns.keys())
    for index in table.indexes:
        if index.unique:
            yield tuple(index.columns.keys())


def loose_keys(table: Table) -> list[tuple[str, ...]]:
    return [key for key in keys(table) if key[:1] != ("organization_id",)]


@pytest.mark.parametrize("table", registered().sorted_tables, ids=str)
def test_every_key_begins_with_the_organization(table: Table) -> None:
    if table.name not in EXEMPT:
        assert not loose_keys(table)


def test_exempt_tables_exist() -> None:
    assert registered().tables.keys() >= EXEMPT


@pytest.mark.parametrize(
    "key",
    [
        UniqueConstraint("number", "organization_id"),
        ForeignKeyConstraint(["number"], ["rooms.number"]),
        Index("by_number", "number", unique=True),
    ],
    ids=lambda key: type(key).__name__,
)
def test_a_key_across_organizations_is_caught(key: UniqueConstraint | Index) -> None:
    organization = Column("organization_id", Integer, primary_key=True)
    rooms = Table("rooms", MetaData(), organization, Column("number", Integer), key)

    assert loose_keys(rooms) == [tuple(key.columns.keys())]


def test_a_table_without_a_primary_key_is_caught() -> None:
    assert loose_keys(Table("rooms", MetaData(), Column("organization_id", Integer))) == [()]
