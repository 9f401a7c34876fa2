"""Compare and swap: a row is replaced only by whoever saw its latest version."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Table, Update, bindparam, update

from adapters.sql.changes import Guard
from adapters.sql.scope import Scope
from application.kernel.ports import Stale


def store(scope: Scope, table: Table, id: UUID, version: int, **values: Any) -> int:
    """Inserts version 1 of a new row (`version` 0) or replaces exactly version `version`.

    Returns the version stored. Raises Stale, at the latest when the unit of work ends, if
    somebody else was faster.
    """
    if version == 0:
        scope.add(table, id=id, version=1, **values)
    else:
        scope.change(_replacing_one(scope, table, id, version, values))
    return version + 1


def _replacing_one(
    scope: Scope, table: Table, id: UUID, version: int, values: dict[str, Any]
) -> Guard:
    def overtaken() -> None:
        raise Stale(f"{table.name} {id}")

    key = {"p_organization_id": scope.organization_id, "p_id": id, "p_version": version}
    changes = {f"p_new_{column}": value for column, value in values.items()}
    return Guard(
        update=_replacing(table, tuple(values)), parameters=key | changes, rows=1, failed=overtaken
    )


@lru_cache(maxsize=64)
def _replacing(table: Table, columns: tuple[str, ...]) -> Update:
    changes = {
        column: bindparam(f"p_new_{column}", type_=table.c[column].type) for column in columns
    }
    return (
        update(table)
        .where(
            table.c.organization_id == bindparam("p_organization_id"),
            table.c.id == bindparam("p_id"),
            table.c.version == bindparam("p_version"),
        )
        .values(version=table.c.version + 1, **changes)
        .returning(table.c.version)
    )
