"""Numbers of units, no two alike in the whole database, in the way each database has them."""

from typing import Any

from sqlalchemy import BigInteger, Sequence
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement

from adapters.schema.metadata import metadata

numbers = Sequence("inventory_unit_numbers", metadata=metadata)


class NextUnitNumber(FunctionElement[int]):
    """A number that no unit of any organization has."""

    type = BigInteger()
    inherit_cache = True


@compiles(NextUnitNumber, "postgresql")
def _in_postgres(_element: NextUnitNumber, _compiler: SQLCompiler, **_options: Any) -> str:
    return f"nextval('{numbers.name}')"


@compiles(NextUnitNumber, "sqlite")
def _in_sqlite(_element: NextUnitNumber, _compiler: SQLCompiler, **_options: Any) -> str:
    # Writers are alone, and units are never deleted.
    return "(SELECT coalesce(max(number), 0) + 1 FROM inventory_units)"
