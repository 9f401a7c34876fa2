"""Days of UTC that moments lie in, in the way each database works them out."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement

SECONDS_OF_A_DAY = 86_400


class DayOf(FunctionElement[int]):
    """Counted from 1970, of a moment that is not before."""

    type = Integer()
    inherit_cache = True


@compiles(DayOf, "postgresql")
def _in_postgres(element: DayOf, compiler: SQLCompiler, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"CAST(floor(extract(epoch FROM {moment}) / {SECONDS_OF_A_DAY}) AS INTEGER)"


@compiles(DayOf, "sqlite")
def _in_sqlite(element: DayOf, compiler: SQLCompiler, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"(CAST(strftime('%s', {moment}) AS INTEGER) / {SECONDS_OF_A_DAY})"
