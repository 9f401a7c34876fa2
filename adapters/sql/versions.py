"""Compare and swap: a row is replaced only by whoever saw its latest version."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Select,
    Table,
    Update,
    Uuid,
    bindparam,
    func,
    select,
    union_all,
    update,
)

from adapters.sql.batches import Row
from adapters.sql.changes import Guard
from adapters.sql.scope import Scope
from application.kernel.ports import Stale

REPLACED_AT_ONCE = 50  # of 20 columns or so; a statement takes 32,766 parameters


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


def store_several(scope: Scope, table: Table, rows: Sequence[Row]) -> None:
    """Replaces many rows in one statement, each exactly its `version`, or none of them.

    Raises Stale, at the latest when the unit of work ends, if somebody else was faster with one.
    """
    # In one order for everybody, so that nobody waits in a circle.
    left = sorted(rows, key=lambda row: row["id"])
    while left:
        scope.change(_replacing_some(scope, table, left[:REPLACED_AT_ONCE]))
        left = left[REPLACED_AT_ONCE:]


def store_locked(scope: Scope, table: Table, rows: Sequence[Row]) -> None:
    """Replaces rows that this unit has locked, each its `version`; any number of them.

    Nobody can be faster with a row that is locked. Those that say the same columns go together.
    """
    alike: dict[tuple[str, ...], list[Row]] = {}
    for row in sorted(rows, key=lambda row: row["id"]):
        columns = tuple(column for column in row if column not in ("id", "version"))
        alike.setdefault(columns, []).append(
            {
                "p_organization_id": scope.organization_id,
                "p_id": row["id"],
                "p_version": row["version"],
                **{f"p_new_{column}": row[column] for column in columns},
            }
        )
    for columns, each in alike.items():
        scope.execute(_replacing_each(table, columns), each)


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


def _replacing_some(scope: Scope, table: Table, rows: Sequence[Row]) -> Guard:
    def overtaken() -> None:
        raise Stale(f"one of {len(rows)} {table.name}")

    parameters = {
        f"p{place}_{column}": value
        for place, row in enumerate(rows)
        for column, value in row.items()
    }
    return Guard(
        update=_replacing_together(table, tuple(rows[0]), len(rows)),
        parameters={"p_organization_id": scope.organization_id} | parameters,
        rows=len(rows),
        failed=overtaken,
    )


@lru_cache(maxsize=64)
def _replacing(table: Table, columns: tuple[str, ...]) -> Update:
    return _replacing_each(table, columns).returning(table.c.version)


@lru_cache(maxsize=64)
def _replacing_each(table: Table, columns: tuple[str, ...]) -> Update:
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
    )


@lru_cache(maxsize=128)
def _replacing_together(table: Table, columns: tuple[str, ...], number: int) -> Update:
    new = union_all(*(_new_row(table, columns, place) for place in range(number))).cte("new")
    ours = table.c.organization_id == bindparam("p_organization_id", type_=Uuid())
    unchanged = (
        select(table.c.id)
        .join(new, (new.c.id == table.c.id) & (new.c.version == table.c.version))
        .where(ours)
        .order_by(table.c.id)
        .with_for_update(of=table)
        .cte("unchanged")
    )
    all_are = select(func.count(unchanged.c.id.distinct())).scalar_subquery() == number
    changes = {column: new.c[column] for column in columns if column not in ("id", "version")}
    return (
        update(table)
        .where(ours, table.c.id == new.c.id, all_are)
        .values(version=table.c.version + 1, **changes)
        .returning(table.c.id)
    )


def _new_row(table: Table, columns: tuple[str, ...], place: int) -> Select[Any]:
    return select(
        *(
            bindparam(f"p{place}_{column}", type_=table.c[column].type).label(column)
            for column in columns
        )
    )
