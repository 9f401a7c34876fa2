"""Waiting lists as readers see them, in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    and_,
    case,
    func,
    literal_column,
    select,
    tuple_,
)

from adapters.mapping.waiting import entry_of, whole_entries
from adapters.schema.inventory import resources, stock_of
from adapters.schema.waiting import waiting_entries, waiting_pools
from adapters.sealing.vault import Vault
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.keysets import page_of
from adapters.sql.vaults import vault_of
from application.bookings.views import DueWaiting, WaitingPlace, WaitingViews
from application.kernel.pages import Page, Slice
from domain.bookings.waiting import WaitingEntryNotFound, WaitingState
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId, ResourceId, WaitingId

LIVE = (WaitingState.WAITING.value, WaitingState.OFFERED.value)
# Not a parameter: the index covers this state only, and the planner has to see that it will do.
WAITING = literal_column("'waiting'", String)


@attrs.frozen
class SqlWaitingViews(WaitingViews):
    database: Database

    async def entry(self, actor: Actor, waiting_id: WaitingId) -> WaitingPlace:
        question = _places(actor).where(waiting_entries.c.id == waiting_id)

        def ask(connection: Connection) -> WaitingPlace:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise WaitingEntryNotFound(waiting_id)
            return _place(row, vault_of(connection))

        return await self.database.read(ask, of=actor.organization_id)

    async def waiting_list(
        self, actor: Actor, resource_id: ResourceId, *, slice: Slice
    ) -> Page[WaitingPlace]:
        stock = (
            select(stock_of(resources))
            .where(
                resources.c.organization_id == actor.organization_id,
                resources.c.id == resource_id,
            )
            .scalar_subquery()
        )
        question = _places(actor).where(
            waiting_entries.c.stock_id == stock, waiting_entries.c.state.in_(LIVE)
        )
        keys = (waiting_entries.c.joined_at, waiting_entries.c.id)
        return await self.database.read(
            lambda connection: page_of(
                connection, question, keys, slice, lambda row: _place(row, vault_of(connection))
            ),
            of=actor.organization_id,
        )


@attrs.frozen
class SqlDueWaiting(DueWaiting):
    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        question = (
            select(waiting_entries.c.organization_id)
            .where(waiting_entries.c.state == WAITING, waiting_entries.c.due_at <= now)
            .distinct()
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )


def _places(actor: Actor) -> Select[Any]:
    ours = waiting_entries.c.organization_id == actor.organization_id
    waits = waiting_entries.c.state == WaitingState.WAITING.value
    position = case((waits, _ahead(actor) + 1), else_=None)
    return whole_entries().add_columns(position.label("position")).where(ours)


def _ahead(actor: Actor) -> ColumnElement[int]:
    """How many joined earlier and wait for some of the same units."""
    theirs, others = waiting_pools.alias("theirs"), waiting_pools.alias("others")
    earlier = waiting_entries.alias("earlier")
    return (
        select(func.count(earlier.c.id.distinct()))
        .select_from(theirs)
        .join(
            others,
            and_(
                others.c.organization_id == theirs.c.organization_id,
                others.c.pool_id == theirs.c.pool_id,
            ),
        )
        .join(
            earlier,
            and_(
                earlier.c.organization_id == others.c.organization_id,
                earlier.c.id == others.c.entry_id,
            ),
        )
        .where(
            theirs.c.organization_id == actor.organization_id,
            theirs.c.entry_id == waiting_entries.c.id,
            tuple_(earlier.c.joined_at, earlier.c.id)
            < tuple_(waiting_entries.c.joined_at, waiting_entries.c.id),
        )
        .correlate(waiting_entries)
        .scalar_subquery()
    )


def _place(row: Row[Any], vault: Vault) -> WaitingPlace:
    return WaitingPlace(entry=entry_of(row, vault), position=row.position)
