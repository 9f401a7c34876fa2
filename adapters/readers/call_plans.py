"""How a page of many calls is found: among those that meet a condition, where they are few enough
to go through, or else by going along the order it is in until it is full.

What stands in an index is looked at there, and of the calls only those on the page are read. A
database that cannot tell how many meet a condition, or that they are all at the other end of the
order, would sort a million rows to show fifty, or look at each.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    GenerativeSelect,
    Select,
    func,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from adapters.readers.wanted_calls import Condition, Conditions, Wanted
from adapters.schema.calls import calls
from adapters.sql.keysets import ahead
from application.calls.views import Order
from application.kernel.pages import Slice
from domain.kernel.actors import Actor

FEW = 10_000
"""May be looked at, and counted for every condition, at little cost."""

MANY = 100_000
"""May be gone through where an index tells all that is asked."""

Columns = Sequence[Column[Any]]

NAMES: Columns = (calls.c.organization_id, calls.c.id)
KEYS: Mapping[Order, Columns] = {
    Order.STARTED_AT: (calls.c.started_at, calls.c.id),
    Order.DURATION: (calls.c.seconds, calls.c.id),
    Order.QA_SCORE: (calls.c.qa_milli, calls.c.id),
}


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


def planned(
    connection: Connection,
    actor: Actor,
    wanted: Wanted,
    order: Order,
    slice: Slice,
    *,
    latest_first: bool,
) -> Select[Any]:
    """What those are called that are on the page, and one more if there is another.

    Conditions may cost a statement or two more.
    """
    ours, keys = _ours(actor), KEYS[order]
    one = _chosen(connection, actor, wanted, order)
    if one is None or one in wanted.stretches(order):
        within = [range for range in wanted.within(order) if range is not one]
        met = within if one is None else [one, *within]
        others = [Besides(other.holds) for other in wanted.besides(*met)]
        along = select(*NAMES).where(*ours, *(each.met for each in met), *others)
        return ahead(along, keys, slice, backwards=latest_first)
    others = [Besides(other.holds) for other in wanted.besides(one)]
    those = select(calls.c.organization_id, *keys).where(*ours, one.met, *others)
    # Gone through on its own, whatever order it is to be in.
    found = those.offset(0).subquery()
    names = select(found.c.organization_id, found.c.id)
    return ahead(names, [found.c[key.name] for key in keys], slice, backwards=latest_first)


def _chosen(
    connection: Connection, actor: Actor, wanted: Wanted, order: Order
) -> Condition | None:
    """That by which the page is found soonest, if not along the whole order."""
    stretches, found = wanted.stretches(order), wanted.found
    if not found or (stretches and len(found) == 1):
        return next(iter(found), None)
    few = _met_by_fewest(connection, actor, found, FEW)
    if few is not None:
        return few
    along = next(iter(stretches), None)
    if along in wanted.exactly:
        return along
    # Counting this far costs as much as going along does: one after the other, the rarest first.
    # A range may hold most calls, and what meets another condition may all be beyond it.
    for one in (*wanted.felt, *wanted.named, *wanted.exactly, *wanted.ranges.values()):
        is_told = one.some is None and all(other.told for other in wanted.besides(one))
        if one is not along and is_told and _met_by_fewest(connection, actor, [one], MANY):
            return one
    return along


def _met_by_fewest(
    connection: Connection, actor: Actor, conditions: Conditions, most: int
) -> Condition | None:
    """If as few as `most` meet it."""
    found = [_meeting(actor, condition).limit(most + 1).subquery() for condition in conditions]
    counts = connection.execute(
        select(*(select(func.count()).select_from(one).scalar_subquery() for one in found))
    ).one()
    fewest = min(range(len(conditions)), key=counts.__getitem__)
    return conditions[fewest] if counts[fewest] <= most else None


def _meeting(actor: Actor, condition: Condition) -> GenerativeSelect:
    """What those are called that do."""
    if condition.some is not None:
        return condition.some
    return select(calls.c.id).where(*_ours(actor), condition.met)


def _ours(actor: Actor) -> Sequence[ColumnElement[bool]]:
    return calls.c.organization_id == actor.organization_id, calls.c.deleted_at.is_(None)
