"""Saved views, as whoever asks may see them, in SQL."""

from typing import Any

import attrs
from sqlalchemy import Connection, Select, or_, select

from adapters.mapping.saved_views import view_of
from adapters.schema.saved_views import saved_views
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.analytics.view_ports import KeptViews
from application.kernel.pages import Page, Slice
from domain.analytics.saved_views import About, SavedView, SavedViewNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import SavedViewId


@attrs.frozen
class SqlKeptViews(KeptViews):
    database: Database

    async def view(self, actor: Actor, view_id: SavedViewId) -> SavedView:
        question = _seen_by(actor).where(saved_views.c.id == view_id)

        def ask(connection: Connection) -> SavedView:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise SavedViewNotFound(view_id)
            return view_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def views(self, actor: Actor, *, slice: Slice) -> Page[SavedView]:
        question, keys = _seen_by(actor), (saved_views.c.id,)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, view_of),
            of=actor.organization_id,
        )


def _seen_by(actor: Actor) -> Select[Any]:
    about = [one.value for one in About if one.needs in actor.permissions]
    return select(saved_views).where(
        saved_views.c.organization_id == actor.organization_id,
        saved_views.c.about.in_(about),
        or_(saved_views.c.shared, saved_views.c.owner_id == actor.id),
    )
