"""How a page of many calls is found: among the few that meet a condition, where few do, or else by
going along the order it is in until it is full.

A database that cannot tell how many meet a condition takes the index of any, and sorts a million
rows to show fifty. SQLite is kept from that; PostgreSQL knows by itself.
"""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, Connection, Select, func, select, tuple_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from adapters.readers.wanted_calls import Conditions, Wanted
from adapters.schema.calls import calls
from application.calls.views import Order
from domain.kernel.actors import Actor

FEW = 10_000


class Besides(FunctionElement[bool]):
    """A condition that is looked at in each row, and for which SQLite takes no index."""

    type = Boolean()
    inherit_cache = True


@compiles(Besides)
def _plain(element: Besides, compiler: SQLCompiler, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)})"


@compiles(Besides, "sqlite")
def _without_index(element: Besides, compiler: SQLCompiler, **options: Any) -> str:
    return f"+({compiler.process(element.clauses, **options)})"


def planned(
    connection: Connection, every: Select[Any], actor: Actor, wanted: Wanted, order: Order
) -> Select[Any]:
    """Those of `every` call that are wanted. Conditions may cost one statement more."""
    ours = calls.c.organization_id == actor.organization_id
    if order is Order.STARTED_AT and wanted.exactly:
        return _along(every.where(ours), wanted, wanted.exactly[0])
    few = _few(connection, actor, wanted.found) if wanted.found else None
    if few is None:
        return _along(every.where(ours), wanted, wanted.ranges.get(order))
    names = tuple_(calls.c.organization_id, calls.c.id)
    return every.where(names.in_(few), *(Besides(one) for one in (ours, *wanted.every)))


def _along(every: Select[Any], wanted: Wanted, stretch: ColumnElement[bool] | None) -> Select[Any]:
    """In their order, or along the stretch of it that meets a condition."""
    others = (Besides(one) for one in wanted.every if one is not stretch)
    return every.where(*others) if stretch is None else every.where(stretch, *others)


def _few(connection: Connection, actor: Actor, conditions: Conditions) -> Select[Any] | None:
    """What those are called that meet the condition that fewest meet, if these are few."""
    met = [_meeting(actor, condition) for condition in conditions]
    counts = connection.execute(
        select(
            *(
                select(func.count()).select_from(one.limit(FEW + 1).subquery()).scalar_subquery()
                for one in met
            )
        )
    ).one()
    fewest = min(range(len(met)), key=counts.__getitem__)
    return met[fewest] if counts[fewest] <= FEW else None


def _meeting(actor: Actor, condition: ColumnElement[bool]) -> Select[Any]:
    return select(calls.c.organization_id, calls.c.id).where(
        calls.c.organization_id == actor.organization_id, calls.c.deleted_at.is_(None), condition
    )
