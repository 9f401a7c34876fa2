"""Saved views in SQL, and their transaction."""

import attrs
from sqlalchemy import delete, func, select

from adapters.mapping.saved_views import view_of, view_values
from adapters.schema.identity import organizations
from adapters.schema.saved_views import saved_views
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.analytics.view_ports import SavedViews, SavedViewWork
from domain.analytics.saved_views import SavedView, SavedViewNotFound
from domain.kernel.identifiers import SavedViewId


@attrs.frozen
class SqlSavedViews(SavedViews):
    scope: Scope

    def get(self, view_id: SavedViewId) -> SavedView:
        question = select(saved_views).where(
            self.scope.owns(saved_views), saved_views.c.id == view_id
        )
        row = self.scope.ask(question).one_or_none()
        if row is None:
            raise SavedViewNotFound(view_id)
        return view_of(row)

    def number(self) -> int:
        locked = select(organizations.c.organization_id).where(self.scope.owns(organizations))
        self.scope.execute(locked.with_for_update())
        every = select(func.count()).where(self.scope.owns(saved_views))
        return int(self.scope.ask(every).scalar_one())

    def save(self, view: SavedView) -> SavedView:
        version = store(self.scope, saved_views, view.id, view.version, **view_values(view))
        EventLog(self.scope).publish(view.events)
        return attrs.evolve(view, version=version, events=())

    def delete(self, view: SavedView) -> None:
        self.scope.execute(
            delete(saved_views).where(self.scope.owns(saved_views), saved_views.c.id == view.id)
        )
        EventLog(self.scope).publish(view.events)


@attrs.frozen(kw_only=True)
class SqlSavedViewWork(SavedViewWork):
    saved_views: SqlSavedViews

    @classmethod
    def on(cls, scope: Scope) -> "SqlSavedViewWork":
        return cls(saved_views=SqlSavedViews(scope))
