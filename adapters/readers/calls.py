"""Views of calls in SQL."""

from typing import Any

import attrs
from sqlalchemy import Connection, Row, Select, select

from adapters.mapping.calls import call_of, fact_of, one_call, whole_calls
from adapters.readers.call_plans import KEYS, Way, planned
from adapters.readers.wanted_calls import Wanted
from adapters.schema.calls import call_facts
from adapters.schema.data_keys import data_keys
from adapters.sql.database import Database
from adapters.sql.keysets import page_of, page_with
from adapters.sql.vaults import vault_of
from application.calls.seeing import only_of
from application.calls.views import CallFilter, CallViews, Order
from application.kernel.pages import Page, Slice
from domain.calls.call import Call
from domain.calls.facts import Heard
from domain.calls.refusals import CallNotFound
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import CallId


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
        keys = KEYS[order]

        def ask(connection: Connection) -> Page[Call]:
            vault = vault_of(connection)
            wanted = Wanted.by(filter, actor, vault)
            way = Way(
                actor=actor, wanted=wanted, order=order, slice=slice, latest_first=latest_first
            )
            question = whole_calls().where(planned(connection, way))
            ordered = question.order_by(*(key.desc() if latest_first else key for key in keys))
            rows = connection.execute(ordered).all()
            return page_with(rows, keys, slice, lambda row: call_of(row, vault))

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
