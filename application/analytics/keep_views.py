"""Keep a question about figures, ask otherwise, or no more."""

import attrs

from application.analytics.asking import Asking
from application.analytics.run_view import figures_of
from application.analytics.view_ports import SavedViewWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.versions import require_version
from domain.analytics.saved_views import MOST_VIEWS, SavedView, TooManyViews, Viewing
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import SavedViewId


@attrs.frozen(kw_only=True)
class Askable:
    """Whether the question has an answer for whoever keeps it."""

    asking: Asking

    async def __call__(self, actor: Actor, viewing: Viewing, /, *, shared: bool) -> None:
        """Who shares it has to be somebody who may hand figures to others.

        Raises NotPermitted, UnknownFigures, UnknownZone or TooManyIntervals.
        """
        actor.must(viewing.about.needs)
        if shared:
            actor.must(Permission.EXPORT)
        figures_of(viewing)
        (await self.asking.last(actor, viewing)).cut(viewing.interval)


@attrs.frozen(kw_only=True)
class AddView:
    actor: Actor
    viewing: Viewing
    shared: bool
    once: Once[SavedView] | None = None


@attrs.frozen(kw_only=True)
class AddViewHandler:
    unit_of_work: UnitOfWork[SavedViewWork]
    askable: Askable
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddView, /) -> SavedView:
        """Raises what Askable raises, or TooManyViews."""
        await self.askable(command.actor, command.viewing, shared=command.shared)
        view = SavedView(
            id=SavedViewId(self.new_id()),
            viewing=command.viewing,
            owner=command.actor.id,
            shared=command.shared,
        ).added(now=self.clock())

        def add(work: SavedViewWork) -> SavedView:
            if work.saved_views.number() >= MOST_VIEWS:
                raise TooManyViews(MOST_VIEWS)
            return work.saved_views.save(view)

        return await self.unit_of_work(command.actor, add, once=command.once)


@attrs.frozen(kw_only=True)
class ChangeView:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    view_id: SavedViewId
    viewing: Viewing
    shared: bool
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeViewHandler:
    unit_of_work: UnitOfWork[SavedViewWork]
    askable: Askable
    clock: Clock

    async def __call__(self, command: ChangeView, /) -> SavedView:
        """Raises what Askable raises, or SavedViewNotFound."""
        now = self.clock()

        def seen(work: SavedViewWork) -> SavedView:
            view = work.saved_views.get(command.view_id)
            view.must_be_kept_by(command.actor)
            require_version(view.version, command.version)
            return view

        await self.unit_of_work(command.actor, seen)  # before it is told what is wrong otherwise
        await self.askable(command.actor, command.viewing, shared=command.shared)

        def change(work: SavedViewWork) -> SavedView:
            changed = seen(work).changed(command.viewing, shared=command.shared, now=now)
            return work.saved_views.save(changed)

        return await self.unit_of_work(command.actor, change)


@attrs.frozen(kw_only=True)
class DeleteView:
    actor: Actor
    view_id: SavedViewId


@attrs.frozen(kw_only=True)
class DeleteViewHandler:
    unit_of_work: UnitOfWork[SavedViewWork]
    clock: Clock

    async def __call__(self, command: DeleteView, /) -> SavedView:
        """Raises SavedViewNotFound or NotPermitted."""

        def delete(work: SavedViewWork) -> SavedView:
            view = work.saved_views.get(command.view_id)
            view.must_be_kept_by(command.actor)
            work.saved_views.delete(view.deleted(now=self.clock()))
            return view

        return await self.unit_of_work(command.actor, delete)
