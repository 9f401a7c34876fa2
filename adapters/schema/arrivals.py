"""Numbers in the order of writing, in the way each database has them."""

from typing import Any

from sqlalchemy import BigInteger, Sequence
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement

from adapters.schema.metadata import metadata

arrivals = Sequence("event_log_arrivals", metadata=metadata)


class NextArrival(FunctionElement[int]):
    """A number above those of all events written before about the same subject."""

    type = BigInteger()
    inherit_cache = True


@compiles(NextArrival, "postgresql")
def _in_postgres(_element: NextArrival, _compiler: SQLCompiler, **_options: Any) -> str:
    return f"nextval('{arrivals.name}')"


@compiles(NextArrival, "sqlite")
def _in_sqlite(_element: NextArrival, _compiler: SQLCompiler, **_options: Any) -> str:
    # Writers are alone, and the largest rowid is found without a search.
    return "(SELECT coalesce(max(rowid), 0) + 1 FROM event_log)"
