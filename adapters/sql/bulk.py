"""Many rows into one table: the one way of writing them in bulk.

    Bulk.into(pools).replacing("capacity", "closed").run(connection, rows)

Rows go in batches, each one statement; what is known already is skipped or replaced, and what
was written is told by key. Many transactions side by side are the caller's to arrange.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, Any]
Key = tuple[Any, ...]
Condition = Callable[[Any], ColumnElement[bool]]

BATCH = 1000


@attrs.frozen(kw_only=True)
class Bulk:
    """Built step by step, and run as often as one likes."""

    table: Table
    replaced: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    condition: Condition | None = None

    @classmethod
    def into(cls, table: Table) -> "Bulk":
        """Rows with keys that are there already are skipped."""
        return cls(table=table)

    def replacing(self, *columns: str, only_if: Condition | None = None) -> "Bulk":
        """Of rows that are there already, these columns are written.

        `only_if` is given the columns of the new row, and says whether it may replace the old.
        """
        return attrs.evolve(self, replaced=columns, condition=only_if)

    def adding(self, *columns: str) -> "Bulk":
        """Of rows that are there already, these columns grow by what is given."""
        return attrs.evolve(self, added=columns)

    def run(self, connection: Connection, rows: Sequence[Row]) -> set[Key]:
        """The primary keys of the rows that were written."""
        written: set[Key] = set()
        statement = _statement(self, connection.dialect.name)
        for first in range(0, len(rows), BATCH):
            batch = rows[first : first + BATCH]
            written |= {tuple(row) for row in connection.execute(statement, list(batch))}
        return written


@lru_cache(maxsize=64)
def _statement(bulk: Bulk, dialect_name: str) -> Any:
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    insert: Any = dialect.insert(bulk.table)
    key = list(bulk.table.primary_key.columns)
    if not bulk.replaced and not bulk.added:
        return insert.on_conflict_do_nothing(index_elements=key).returning(*key)
    return insert.on_conflict_do_update(
        index_elements=key,
        set_={
            **{column: insert.excluded[column] for column in bulk.replaced},
            **{column: bulk.table.c[column] + insert.excluded[column] for column in bulk.added},
        },
        where=bulk.condition and bulk.condition(insert.excluded),
    ).returning(*key)
