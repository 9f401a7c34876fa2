"""Conditions for which a database is to take no index."""

from typing import Any

from sqlalchemy import Boolean
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class Besides(FunctionElement[bool]):
    """A condition that is looked at in each row, and for which no index is taken.

    PostgreSQL would take one where it plans a statement for any value, however many meet this one.
    """

    type = Boolean()
    inherit_cache = True


@compiles(Besides)
def _as_a_fact(element: Besides, compiler: SQLCompiler, **options: Any) -> str:
    return f"(({compiler.process(element.clauses, **options)}) IS TRUE)"


@compiles(Besides, "sqlite")
def _without_index(element: Besides, compiler: SQLCompiler, **options: Any) -> str:
    return f"+({compiler.process(element.clauses, **options)})"
