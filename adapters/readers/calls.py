"""Views of calls in SQL."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Row,
    Select,
    exists,
    select,
    union_all,
)

from adapters.mapping.calls import call_of, fact_of, one_call, whole_calls
from adapters.mapping.sold_in_calls import sold_in
from adapters.schema.calls import call_facts, calls
from adapters.schema.data_keys import data_keys
from adapters.sealing.vault import Vault
from adapters.sql.database import Database
from adapters.sql.keysets import page_backwards, page_of
from adapters.sql.vaults import vault_of
from application.calls.seeing import only_of
from application.calls.views import CallFilter, CallViews, Order, Sentiment
from application.kernel.pages import Page, Slice
from domain.calls.call import Call
from domain.calls.facts import Heard
from domain.calls.refusals import CallNotFound
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import CallId

KEYS: dict[Order, tuple[ColumnElement[Any], ...]] = {
    Order.STARTED_AT: (calls.c.started_at, calls.c.id),
    Order.DURATION: (calls.c.seconds, calls.c.id),
    Order.QA_SCORE: (calls.c.qa_milli, calls.c.id),
}
FELT = 100
"""Thousandths beyond which somebody is content, or is not."""


@attrs.frozen
class SqlCallViews(CallViews):
    database: Database

    async def call(self, actor: Actor, call_id: CallId) -> Call:
        return await self.database.read(
            lambda connection: shown(connection, actor, call_id), of=actor.organization_id
        )

    async def calls(
        self, actor: Actor, *, filter: CallFilter, order: Order, latest_first: bool, slice: Slice
    ) -> Page[Call]:
        page = page_backwards if latest_first else page_of

        def ask(connection: Connection) -> Page[Call]:
            vault = vault_of(connection)
            question = whole_calls().where(
                calls.c.organization_id == actor.organization_id,
                calls.c.deleted_at.is_(None),
                *_whose(actor),
                *_wanted(filter, actor, vault),
            )
            return page(connection, question, KEYS[order], slice, lambda row: call_of(row, vault))

        return await self.database.read(ask, of=actor.organization_id)

    async def news(self, actor: Actor, call_id: CallId, *, slice: Slice) -> Page[Heard]:
        question = _facts_of(actor, call_id)
        keys = (call_facts.c.at, call_facts.c.provider, call_facts.c.key)

        def ask(connection: Connection) -> Page[Heard]:
            shown(connection, actor, call_id)
            vault = vault_of(connection)

            def fact(row: Row[Any]) -> Heard:
                return fact_of(row, vault, row.data_key)

            return page_of(connection, question, keys, slice, fact)

        return await self.database.read(ask, of=actor.organization_id)


def shown(connection: Connection, actor: Actor, call_id: CallId) -> Call:
    """Raises CallNotFound as well for what the actor is not to see."""
    key = {"p_organization_id": actor.organization_id, "p_id": call_id}
    row = connection.execute(one_call(), key).one_or_none()
    if row is None or row.deleted_at is not None:
        raise CallNotFound(call_id)
    call = call_of(row, vault_of(connection))
    whose = only_of(actor, Permission.READ_CALLS)
    if whose is not None and not call.is_of(whose):
        raise CallNotFound(call_id)
    return call


def _whose(actor: Actor) -> Iterator[ColumnElement[bool]]:
    whose = only_of(actor, Permission.READ_CALLS)
    if whose is not None:
        nobodys = calls.c.handler_id.is_(None) & calls.c.agent_id.is_(None) & calls.c.bot.is_(None)
        yield (calls.c.handler_id == whose) | nobodys


def _wanted(filter: CallFilter, actor: Actor, vault: Vault) -> Iterator[ColumnElement[bool]]:
    exactly = {
        calls.c.status: filter.status and filter.status.value,
        calls.c.direction: filter.direction and filter.direction.value,
        calls.c.handler_id: filter.handler_id,
        calls.c.agent_id: filter.agent_id,
        calls.c.template: filter.template,
        calls.c.disposition_id: filter.disposition_id,
        calls.c.escalated: filter.escalated,
    }
    yield from (column == value for column, value in exactly.items() if value is not None)
    if filter.started_from is not None:
        yield calls.c.started_at >= filter.started_from
    if filter.started_until is not None:
        yield calls.c.started_at < filter.started_until
    yield from _judged(filter)
    if filter.converted is not None:
        led = exists(sold_in(actor.organization_id, calls.c.id).correlate(calls))
        yield led if filter.converted else ~led
    if filter.number is not None:
        yield calls.c.id.in_(_of_number(filter.number, actor, vault))
    if filter.search is not None:
        yield _called(filter.search)


def _judged(filter: CallFilter) -> Iterator[ColumnElement[bool]]:
    """What nobody has judged is in no range."""
    if filter.qa_from is not None or filter.qa_to is not None:
        yield calls.c.qa_milli >= (filter.qa_from or 0)
    if filter.qa_to is not None:
        yield calls.c.qa_milli <= filter.qa_to
    match filter.sentiment:
        case Sentiment.POSITIVE:
            yield calls.c.sentiment_milli > FELT
        case Sentiment.NEUTRAL:
            yield calls.c.sentiment_milli.between(-FELT, FELT)
        case Sentiment.NEGATIVE:
            yield calls.c.sentiment_milli < -FELT


def _of_number(number: str, actor: Actor, vault: Vault) -> CompoundSelect[Any]:
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


def _facts_of(actor: Actor, call_id: CallId) -> Select[Any]:
    key = (
        select(data_keys.c.wrapped)
        .where(
            data_keys.c.organization_id == call_facts.c.organization_id,
            data_keys.c.id == call_facts.c.call_id,
        )
        .scalar_subquery()
    )
    return select(call_facts, key.label("data_key")).where(
        call_facts.c.organization_id == actor.organization_id, call_facts.c.call_id == call_id
    )
