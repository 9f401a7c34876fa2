"""Times of UTC that moments lie in, counted from 1970, here and in the way of each database."""

from datetime import date, datetime, timezone
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Integer, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement

SECONDS_OF_A_DAY = 86_400
SECONDS_OF_A_QUARTER = 900
QUARTERS_OF_AN_HOUR = 4
QUARTERS_OF_A_DAY = 96
HOURS_OF_A_DAY = 24
FIRST_DAY = date(1970, 1, 1)


def quarter_of(moment: datetime) -> int:
    """Of an hour."""
    return int(moment.timestamp()) // SECONDS_OF_A_QUARTER


def day_of(moment: datetime) -> int:
    return int(moment.timestamp()) // SECONDS_OF_A_DAY


def number_of(day: date) -> int:
    return (day - FIRST_DAY).days


def quarter_begins(quarter: int) -> datetime:
    return datetime.fromtimestamp(quarter * SECONDS_OF_A_QUARTER, tz=timezone.utc)


def day_begins(day: int) -> datetime:
    return datetime.fromtimestamp(day * SECONDS_OF_A_DAY, tz=timezone.utc)


def time_of(quarter: ColumnElement[int], quarters: int) -> ColumnElement[int]:
    """The number of the time of so many `quarters` in which that one lies."""
    # Written out: a grouping by a parameter is another one to PostgreSQL than the column's.
    return quarter // literal_column(str(quarters), Integer)


class TimeOf(FunctionElement[int]):
    """Of a moment that is not before 1970."""

    type = Integer()
    inherit_cache = True
    seconds: ClassVar[int]


class DayOf(TimeOf):
    """Which day."""

    inherit_cache = True
    seconds = SECONDS_OF_A_DAY


class QuarterOf(TimeOf):
    """Which quarter of an hour."""

    inherit_cache = True
    seconds = SECONDS_OF_A_QUARTER


@compiles(TimeOf, "postgresql")
def _in_postgres(element: TimeOf, compiler: SQLCompiler, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"CAST(floor(extract(epoch FROM {moment}) / {element.seconds}) AS INTEGER)"


@compiles(TimeOf, "sqlite")
def _in_sqlite(element: TimeOf, compiler: SQLCompiler, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"(CAST(strftime('%s', {moment}) AS INTEGER) / {element.seconds})"
