"""Views of calls in SQL."""

from collections.abc import Iterator
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    select,
)

from adapters.mapping.calls import TAKEN_BY_NOBODY, call_of, fact_of, one_call, whole_calls
from adapters.readers.call_plans import planned
from adapters.readers.wanted_calls import Wanted
from adapters.schema.calls import call_facts, calls
from adapters.schema.data_keys import data_keys
from adapters.sql.database import Database
from adapters.sql.keysets import page_backwards, page_of
from adapters.sql.vaults import vault_of
from application.calls.seeing import only_of
from application.calls.views import CallFilter, CallViews, Order
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
            every = whole_calls().where(calls.c.deleted_at.is_(None), *_whose(actor))
            wanted = Wanted.by(filter, actor, vault)
            question = planned(connection, every, actor, wanted, order)
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
        yield (calls.c.handler_id == whose) | TAKEN_BY_NOBODY


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
