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
    and_,
    bindparam,
    exists,
    select,
    union_all,
)

from adapters.mapping.sold_in_calls import sold_in
from adapters.schema.calls import calls
from adapters.sealing.vault import Vault
from application.calls.views import CallFilter, Order, Sentiment
from domain.kernel.actors import Actor

FELT = 100
"""Thousandths beyond which somebody is content, or is not."""

Conditions = Sequence[ColumnElement[bool]]


@attrs.frozen(kw_only=True)
class Wanted:
    """All of these. There is an index for each that is `exactly` so, with calls in the order in
    which they began; one for each of `ranges` and `named`; and none for `others`. Ranges are
    by the order in which they are a stretch.
    """

    exactly: Conditions
    ranges: Mapping[Order, ColumnElement[bool]]
    named: Conditions
    others: Conditions

    @classmethod
    def by(cls, filter: CallFilter, actor: Actor, vault: Vault) -> "Wanted":
        return cls(
            exactly=list(_exactly(filter)),
            ranges=dict(_ranges(filter)),
            named=[*_felt(filter), *_named(filter, actor, vault)],
            others=list(_others(filter, actor)),
        )

    @property
    def found(self) -> Conditions:
        """Those with an index."""
        return [*self.exactly, *self.ranges.values(), *self.named]

    @property
    def every(self) -> Conditions:
        return [*self.found, *self.others]


def _known(column: Column[Any], value: object) -> BindParameter[Any]:
    """A value of ours, never what somebody wrote, that stands in the statement itself.

    How many calls meet a condition differs by thousands from one value to the next. When
    PostgreSQL has seen a statement five times, it plans it for any value, and such a list then
    takes seconds.
    """
    return bindparam(None, value, type_=column.type, literal_execute=True)


def _exactly(filter: CallFilter) -> Iterator[ColumnElement[bool]]:
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
            yield column == (_known(column, value) if column is calls.c.status else value)


def _ranges(filter: CallFilter) -> Iterator[tuple[Order, ColumnElement[bool]]]:
    """What nobody has judged is in no range."""
    began = []
    if filter.started_from is not None:
        began.append(calls.c.started_at >= _known(calls.c.started_at, filter.started_from))
    if filter.started_until is not None:
        began.append(calls.c.started_at < _known(calls.c.started_at, filter.started_until))
    if began:
        yield Order.STARTED_AT, and_(*began)
    if filter.qa_from is not None or filter.qa_to is not None:
        most = 1000 if filter.qa_to is None else filter.qa_to
        score = calls.c.qa_milli
        yield (
            Order.QA_SCORE,
            score.between(_known(score, filter.qa_from or 0), _known(score, most)),
        )


def _felt(filter: CallFilter) -> Iterator[ColumnElement[bool]]:
    felt = calls.c.sentiment_milli
    most, least = _known(felt, FELT), _known(felt, -FELT)
    match filter.sentiment:
        case Sentiment.POSITIVE:
            yield felt > most
        case Sentiment.NEUTRAL:
            yield felt.between(least, most)
        case Sentiment.NEGATIVE:
            yield felt < least


def _named(filter: CallFilter, actor: Actor, vault: Vault) -> Iterator[ColumnElement[bool]]:
    if filter.number is not None:
        yield calls.c.id.in_(_of_number(filter.number, actor, vault))
    if filter.search is not None:
        yield _called(filter.search)
    if filter.escalated:
        yield calls.c.escalated.is_(True)


def _others(filter: CallFilter, actor: Actor) -> Iterator[ColumnElement[bool]]:
    if filter.direction is not None:
        yield calls.c.direction == _known(calls.c.direction, filter.direction.value)
    if filter.escalated is False:
        yield calls.c.escalated.is_(False)
    if filter.converted is not None:
        led = exists(sold_in(actor.organization_id, calls.c.id).correlate(calls))
        yield led if filter.converted else ~led


def _of_number(number: str, actor: Actor, vault: Vault) -> CompoundSelect[tuple[UUID]]:
    """One index each: an alternative of two columns would have all calls looked through."""
    numbers = vault.indexes(actor.organization_id, number)
    return union_all(
        *(
            select(calls.c.id).where(
                calls.c.organization_id == actor.organization_id,
                calls.c.deleted_at.is_(None),
                column.in_(numbers),
            )
            for column in (calls.c.caller, calls.c.called)
        )
    )


def _called(search: str) -> ColumnElement[bool]:
    try:
        return calls.c.id == UUID(search)
    except ValueError:
        return calls.c.provider_call == search
