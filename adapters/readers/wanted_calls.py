"""What a filter of calls asks for, in SQL."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    exists,
    or_,
    select,
    union_all,
)

from adapters.mapping.calls import TAKEN_BY_NOBODY
from adapters.mapping.sold_in_calls import calls_that_sold, sold_in
from adapters.schema.calls import TOLD, calls
from adapters.sealing.vault import Vault
from application.calls.seeing import only_of
from application.calls.views import CallFilter, Order, Sentiment
from domain.kernel.actors import Actor, Permission

FELT = 100
"""Thousandths beyond which somebody is content, or is not."""


@attrs.frozen(kw_only=True, eq=False)
class Condition:
    """`met` finds calls through an index, `holds` is looked at in one call after the other.

    Every index of calls tells of what is `told`; for what is not, the call itself is looked at,
    and more than the call for what is `apart`. `some` are those that meet it, found through the
    index. A range goes from `least` to `most`.
    """

    met: ColumnElement[bool]
    holds: ColumnElement[bool]
    told: bool
    apart: bool = False
    least: ColumnElement[bool] | None = None
    most: ColumnElement[bool] | None = None
    some: CompoundSelect[tuple[UUID]] | Select[tuple[UUID]] | None = None

    @classmethod
    def of(cls, column: Column[Any], holds: ColumnElement[bool]) -> "Condition":
        return cls(met=holds, holds=holds, told=column.name in TOLD)

    @classmethod
    def untold(cls, holds: ColumnElement[bool]) -> "Condition":
        return cls(met=holds, holds=holds, told=False, apart=True)

    @classmethod
    def between(
        cls,
        column: Column[Any],
        least: ColumnElement[bool] | None,
        most: ColumnElement[bool] | None,
    ) -> "Condition":
        holds = and_(*(bound for bound in (least, most) if bound is not None))
        return attrs.evolve(cls.of(column, holds), least=least, most=most)

    def bounds(self, *, behind_a_key: bool, latest_first: bool) -> Sequence[ColumnElement[bool]]:
        """Those that say how far to go along it: a key says where to begin.

        SQLite would begin at a bound beside a key, and pass over all pages before.
        """
        if not behind_a_key:
            return [self.met]
        end = self.least if latest_first else self.most
        return [] if end is None else [end]


Conditions = Sequence[Condition]


@attrs.frozen(kw_only=True)
class Wanted:
    """All of these. There is an index for each that is `exactly` so, with calls in the order in
    which they began; one for how they were `felt`, in the order of their scores; one for each of
    `ranges` and `named`; and none for `others`. Ranges are by the order in which they are a
    stretch.
    """

    exactly: Conditions
    felt: Conditions
    ranges: Mapping[Order, Condition]
    named: Conditions
    others: Conditions

    @classmethod
    def by(cls, filter: CallFilter, actor: Actor, vault: Vault) -> "Wanted":
        return cls(
            exactly=list(_exactly(filter)),
            felt=list(_felt(filter)),
            ranges=dict(_ranges(filter)),
            named=list(_named(filter, actor, vault)),
            others=[*_others(filter, actor), *_whose(actor)],
        )

    @property
    def found(self) -> Conditions:
        """Those with an index."""
        return [*self.exactly, *self.ranges.values(), *self.felt, *self.named]

    def besides(self, *those: Condition) -> Conditions:
        return [other for other in (*self.found, *self.others) if other not in those]

    def stretches(self, order: Order) -> Conditions:
        """Conditions whose index has calls in this order."""
        stretches = {Order.STARTED_AT: self.exactly, Order.QA_SCORE: self.felt}.get(order, ())
        return [*stretches, *self.within(order)]

    def within(self, order: Order) -> Conditions:
        """From where to where one goes along it."""
        return [self.ranges[order]] if order in self.ranges else []


def _known(column: Column[Any], value: object) -> BindParameter[Any]:
    """A value of ours, never what somebody wrote, that stands in the statement itself.

    How many calls meet a condition differs by thousands from one value to the next. When
    PostgreSQL has seen a statement five times, it plans it for any value, and such a list then
    takes seconds.
    """
    return bindparam(None, value, type_=column.type, literal_execute=True)


def _exactly(filter: CallFilter) -> Iterator[Condition]:
    """Those that fewer calls meet come first."""
    values = {
        calls.c.disposition_id: filter.disposition_id,
        calls.c.handler_id: filter.handler_id,
        calls.c.agent_id: filter.agent_id,
        calls.c.template: filter.template,
        calls.c.status: filter.status and filter.status.value,
    }
    for column, value in values.items():
        if value is not None:
            known = _known(column, value) if column is calls.c.status else value
            yield Condition.of(column, column == known)


def _ranges(filter: CallFilter) -> Iterator[tuple[Order, Condition]]:
    """What nobody has judged is in no range."""
    began, since, until = calls.c.started_at, filter.started_from, filter.started_until
    if since is not None or until is not None:
        first = None if since is None else began >= _known(began, since)
        last = None if until is None else began < _known(began, until)
        yield Order.STARTED_AT, Condition.between(began, first, last)
    if filter.qa_from is not None or filter.qa_to is not None:
        most = 1000 if filter.qa_to is None else filter.qa_to
        score = calls.c.qa_milli
        least = _known(score, filter.qa_from or 0)
        between = Condition.between(score, score >= least, score <= _known(score, most))
        yield Order.QA_SCORE, between


def _felt(filter: CallFilter) -> Iterator[Condition]:
    felt = calls.c.sentiment_milli
    most, least = _known(felt, FELT), _known(felt, -FELT)
    match filter.sentiment:
        case Sentiment.POSITIVE:
            yield Condition.of(felt, felt > most)
        case Sentiment.NEUTRAL:
            yield Condition.of(felt, felt.between(least, most))
        case Sentiment.NEGATIVE:
            yield Condition.of(felt, felt < least)


def _named(filter: CallFilter, actor: Actor, vault: Vault) -> Iterator[Condition]:
    if filter.number is not None:
        yield _of_number(filter.number, actor, vault)
    if filter.search is not None:
        yield Condition.untold(_called(filter.search))
    if filter.escalated:
        yield Condition.of(calls.c.escalated, calls.c.escalated.is_(True))
    if filter.converted:
        sold = calls_that_sold(actor.organization_id)
        met, holds = calls.c.id.in_(sold), _led_to_something(actor)
        yield Condition(met=met, holds=holds, told=False, apart=True, some=sold)


def _others(filter: CallFilter, actor: Actor) -> Iterator[Condition]:
    if filter.direction is not None:
        one = _known(calls.c.direction, filter.direction.value)
        yield Condition.of(calls.c.direction, calls.c.direction == one)
    if filter.escalated is False:
        yield Condition.of(calls.c.escalated, calls.c.escalated.is_(False))
    if filter.converted is False:
        yield Condition.untold(~_led_to_something(actor))


def _led_to_something(actor: Actor) -> ColumnElement[bool]:
    return exists(sold_in(actor.organization_id, calls.c.id).correlate(calls))


def _whose(actor: Actor) -> Iterator[Condition]:
    whose = only_of(actor, Permission.READ_CALLS)
    if whose is not None:
        yield Condition.untold((calls.c.handler_id == whose) | TAKEN_BY_NOBODY)


def _of_number(number: str, actor: Actor, vault: Vault) -> Condition:
    """One index each: an alternative of two columns would have all calls looked through."""
    numbers = vault.indexes(actor.organization_id, number)
    either = (calls.c.caller, calls.c.called)
    called: CompoundSelect[tuple[UUID]] = union_all(
        *(
            select(calls.c.id).where(
                calls.c.organization_id == actor.organization_id,
                calls.c.deleted_at.is_(None),
                column.in_(numbers),
            )
            for column in either
        )
    )
    return Condition(
        met=calls.c.id.in_(called),
        holds=or_(*(column.in_(numbers) for column in either)),
        told=False,
        apart=True,
        some=called,
    )


def _called(search: str) -> ColumnElement[bool]:
    try:
        return calls.c.id == UUID(search)
    except ValueError:
        return calls.c.provider_call == search
