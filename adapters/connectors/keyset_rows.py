"""Rows of a table behind (cursor, key), as records."""

import base64
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Select,
    column,
    func,
    literal_column,
    select,
    table,
    text,
    tuple_,
)

from application.pipelines.connecting import (
    BadRecord,
    Cursor,
    JsonValue,
    Record,
    SourcePage,
    SourceRefused,
)
from domain.pipelines.source_options import SqlOptions

LONGEST_VALUE = 256 * 1024
MOST_COLUMNS = 500
THEIR_NOW: ColumnElement[datetime] = literal_column(
    "statement_timestamp()", DateTime(timezone=True)
)
READ: Mapping[str, Callable[[str], Any]] = {
    "moment": datetime.fromisoformat,
    "date": date.fromisoformat,
    "number": int,
    "decimal": Decimal,
    "uuid": UUID,
    "text": str,
}


def rows_after(
    options: SqlOptions, after: Cursor | None, limit: int
) -> Callable[[Connection], SourcePage]:
    def ask(connection: Connection) -> SourcePage:
        question = _question(options, after, connection.dialect.name).limit(limit)
        rows = [dict(row._mapping) for row in connection.execute(question)]  # noqa: SLF001
        records: list[Record] = []
        bad: list[BadRecord] = []
        for number, row in enumerate(rows, 1):
            problem = _problem(row)
            if problem is None:
                records.append({name: _json(value) for name, value in row.items()})
            else:
                bad.append(BadRecord(at=f"row {number} of the page", reason=problem))
        later = _cursor(options, rows[-1]) if rows else after
        more = len(rows) == limit
        return SourcePage(records=records, bad=bad, next=later if more else None, later=later)

    return ask


def clock_and_version(connection: Connection) -> tuple[datetime, str]:
    if connection.dialect.name == "sqlite":
        version = connection.execute(text("SELECT sqlite_version()")).scalar_one()
        connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
        now = connection.execute(text("SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"))
        return datetime.fromisoformat(now.scalar_one()), f"SQLite {version}"
    row = connection.execute(select(THEIR_NOW, func.current_setting("server_version"))).one()
    return row[0].astimezone(timezone.utc), f"PostgreSQL {row[1]}"


def _question(options: SqlOptions, after: Cursor | None, dialect: str) -> Select[Any]:
    names = dict.fromkeys(options.columns)
    if names:
        names.update(dict.fromkeys(filter(None, (options.cursor, options.key))))
    wanted: list[ColumnElement[Any]] = [column(name) for name in names] or [literal_column("*")]
    question = select(*wanted).select_from(table(options.table, schema=options.schema))
    key: ColumnElement[Any] = column(options.key)
    if options.cursor is None:
        if after is not None:
            question = question.where(key > _value(after, "key"))
        return question.order_by(key)
    cursor: ColumnElement[Any] = column(options.cursor)
    question = question.where(cursor.is_not(None))
    if after is not None:
        question = question.where(
            tuple_(cursor, key) > tuple_(_value(after, "cursor"), _value(after, "key"))
        )
    if options.lag_seconds:
        question = question.where(_long_ago(cursor, options.lag_seconds, dialect))
    return question.order_by(cursor, key)


def _long_ago(cursor: ColumnElement[Any], seconds: int, dialect: str) -> ColumnElement[bool]:
    """By their own clock, which is the one that the rows were written by."""
    if dialect == "sqlite":
        return func.julianday(cursor) <= func.julianday("now", f"-{seconds} seconds")
    return cursor <= THEIR_NOW - timedelta(seconds=seconds)


def _cursor(options: SqlOptions, row: Mapping[str, Any]) -> Cursor:
    found: dict[str, str | int | None] = {}
    for purpose, name in (("key", options.key), ("cursor", options.cursor)):
        if name is not None:
            found[purpose], found[f"{purpose}_type"] = _written(row[name])
    return found


def _written(value: Any) -> tuple[str, str]:
    """Raises SourceRefused for what has no order that could be trusted."""
    if isinstance(value, datetime):
        return value.isoformat(), "moment"
    if isinstance(value, date):
        return value.isoformat(), "date"
    if isinstance(value, bool | float) or not isinstance(value, int | str | Decimal | UUID):
        raise SourceRefused("cursor_without_order")
    kinds: Mapping[type, str] = {int: "number", Decimal: "decimal", UUID: "uuid", str: "text"}
    return str(value), kinds[type(value)]


def _value(after: Cursor, purpose: str) -> Any:
    return READ[str(after[f"{purpose}_type"])](str(after[purpose]))


def _problem(row: Mapping[str, Any]) -> str | None:
    if len(row) > MOST_COLUMNS:
        return "too_many_columns"
    long = any(
        isinstance(value, str | bytes) and len(value) > LONGEST_VALUE for value in row.values()
    )
    return "record_too_long" if long else None


def _json(value: Any) -> JsonValue:
    if value is None or isinstance(value, str | bool | int | float | list | dict):
        return value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return str(value)
