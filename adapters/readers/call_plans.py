"""How a page of many calls is found: among those that meet a condition, where they are few enough
to go through, or else by going along the order it is in until it is full. Most are full soon.

What stands in an index is looked at there, and of the calls only those on the page are read. A
database that cannot tell how many meet a condition, or that they are all at the other end of the
order, would sort a million rows to show fifty, or look at each.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    GenerativeSelect,
    Select,
    and_,
    func,
    select,
    tuple_,
)

from adapters.readers.wanted_calls import Condition, Conditions, Wanted
from adapters.schema.calls import calls
from adapters.sql.besides import Besides
from adapters.sql.keysets import ahead
from application.calls.views import Order
from application.kernel.pages import Slice
from domain.kernel.actors import Actor

FEW = 10_000
"""May be looked at, and counted for every condition, at little cost."""

MANY = 100_000
"""May be gone through where an index tells all that is asked."""

SOON, SOON_LOOKED_AT = 10_000, 300
"""Are gone along before anything is counted: with what indexes tell, and looking at each call."""

Columns = Sequence[Column[Any]]

NAMES: Columns = (calls.c.organization_id, calls.c.id)
KEYS: Mapping[Order, Columns] = {
    Order.STARTED_AT: (calls.c.started_at, calls.c.id),
    Order.DURATION: (calls.c.seconds, calls.c.id),
    Order.QA_SCORE: (calls.c.qa_milli, calls.c.id),
}


@attrs.frozen(kw_only=True)
class Way:
    """Along an order of calls, from its beginning or behind a key."""

    actor: Actor
    wanted: Wanted
    order: Order
    slice: Slice
    latest_first: bool

    @property
    def keys(self) -> Columns:
        return KEYS[self.order]

    def along(self, one: Condition | None) -> tuple[Conditions, Sequence[ColumnElement[bool]]]:
        """What is looked at on the way, and what one goes by, in `one` of its stretches."""
        within = self.wanted.within(self.order)
        stretch = [] if one is None or one in within else [one]
        behind = self.slice.after is not None
        bounds = (
            bound
            for range in within
            for bound in range.bounds(behind_a_key=behind, latest_first=self.latest_first)
        )
        met = [*_ours(self.actor), *(each.met for each in stretch), *bounds]
        # A key may be anybody's: that it lies within the range is looked at as well.
        return self.wanted.besides(*stretch, *(() if behind else within)), met

    def ahead(self, names: Select[Any], keys: Sequence[ColumnElement[Any]]) -> Select[Any]:
        return ahead(names, keys, self.slice, backwards=self.latest_first)


def planned(connection: Connection, way: Way) -> ColumnElement[bool]:
    """What those meet that are on the page, and one more if there is another.

    Conditions may cost a statement or three more.
    """
    wanted, stretches = way.wanted, way.wanted.stretches(way.order)
    first = next(iter(stretches), None)
    others, _ = way.along(first)
    if not others or not [one for one in wanted.found if one in others]:
        return _listed(_along(way, first))
    soon = _soon(connection, way, first)
    if len(soon) > way.slice.limit:
        ours, there = _ours(way.actor)
        return and_(ours, calls.c.id.in_(soon), Besides(there))
    one = _chosen(connection, way.actor, wanted, stretches)
    return _listed(_along(way, one) if one is None or one in stretches else _among(way, one))


def _soon(connection: Connection, way: Way, one: Condition | None) -> Sequence[Any]:
    """What is found at the beginning of the way, which most pages need not leave."""
    others, met = way.along(one)
    in_orders = one is None or one in way.wanted.within(way.order)
    are_told = all(other.told or (in_orders and not other.apart) for other in others)
    looked_at = Besides(and_(*(other.holds for other in others))).label("is_met")
    question = select(*way.keys, looked_at).where(*met)
    first = ahead(
        question,
        way.keys,
        attrs.evolve(way.slice, limit=SOON if are_told else SOON_LOOKED_AT),
        backwards=way.latest_first,
    ).subquery()
    keys = [first.c[key.name] for key in way.keys]
    found = select(first.c.id).where(first.c.is_met).limit(way.slice.limit + 1)
    ordered = found.order_by(*(key.desc() if way.latest_first else key for key in keys))
    return connection.execute(ordered).scalars().all()


def _along(way: Way, one: Condition | None) -> Select[Any]:
    others, met = way.along(one)
    question = select(*NAMES).where(*met, *(Besides(other.holds) for other in others))
    return way.ahead(question, way.keys)


def _among(way: Way, one: Condition) -> Select[Any]:
    """Gone through on its own, whatever order it is to be in."""
    others = [Besides(other.holds) for other in way.wanted.besides(one)]
    those = select(calls.c.organization_id, *way.keys).where(*_ours(way.actor), one.met, *others)
    found = those.offset(0).subquery()
    names = select(found.c.organization_id, found.c.id)
    return way.ahead(names, [found.c[key.name] for key in way.keys])


def _listed(names: Select[Any]) -> ColumnElement[bool]:
    return tuple_(*NAMES).in_(names)


def _chosen(
    connection: Connection, actor: Actor, wanted: Wanted, stretches: Conditions
) -> Condition | None:
    """That by which the page is found soonest, if not along the whole order."""
    few = _met_by_fewest(connection, actor, wanted.found, FEW)
    if few is not None:
        return few
    along = next(iter(stretches), None)
    if along in wanted.exactly:
        return along
    # Counting this far costs as much as going along does: one after the other, the rarest first.
    # A range may hold most calls, and what meets another condition may all be beyond it.
    for one in (*wanted.named, *wanted.felt, *wanted.exactly, *wanted.ranges.values()):
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


def _ours(actor: Actor) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return calls.c.organization_id == actor.organization_id, calls.c.deleted_at.is_(None)
