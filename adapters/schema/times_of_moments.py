"""Times of UTC that moments lie in, in the way each database works them out."""

from typing import Any, ClassVar

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement

SECONDS_OF_A_DAY = 86_400
SECONDS_OF_A_QUARTER = 900


class TimeOf(FunctionElement[int]):
    """Counted from 1970, of a moment that is not before."""

    type = Integer()
    inherit_cache = True
    seconds: ClassVar[int]


class DayOf(TimeOf):
    """Which day of UTC."""

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
