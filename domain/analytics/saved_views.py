"""Questions about figures that are kept: which ones, of which calls or bookings, of what time."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import ClassVar
from uuid import UUID

import attrs

from domain.analytics.intervals import Granularity
from domain.analytics.report_schedules import Covered
from domain.kernel.actors import Actor, Permission
from domain.kernel.events import Event, SecurityEvent
from domain.kernel.identifiers import ActorId, SavedViewId
from domain.kernel.refusals import Conflict, Invalid, NotFound

MOST_VIEWS = 1000


@attrs.frozen
class SavedViewNotFound(NotFound):
    """Nor is one of somebody else who shares it with nobody."""

    code: ClassVar[str] = "saved_view_not_found"
    view_id: SavedViewId

    def __str__(self) -> str:
        return f"no saved view {self.view_id}"


@attrs.frozen
class TooManyViews(Conflict):
    code: ClassVar[str] = "too_many_views"
    most: int

    def __str__(self) -> str:
        return f"there may be {self.most} saved views: delete one first"


@attrs.frozen
class BadView(Invalid):
    code: ClassVar[str] = "bad_view"

    def __str__(self) -> str:
        return (
            "a view is about either calls or bookings, and of either the last days or what it "
            "covers"
        )


@attrs.frozen
class UnknownFigures(Invalid):
    code: ClassVar[str] = "unknown_figures"
    field: ClassVar[str] = "figures"

    def __str__(self) -> str:
        return (
            "each figure is named once, as /v1/analytics/definitions has it of calls or bookings"
        )


class About(Enum):
    CALLS = "calls"
    BOOKINGS = "bookings"

    @property
    def needs(self) -> Permission:
        return Permission.READ_CALLS if self is About.CALLS else Permission.READ_BOOKINGS


@attrs.frozen(kw_only=True)
class SavedViewEvent(SecurityEvent):
    view_id: SavedViewId

    @property
    def subject(self) -> UUID:
        return self.view_id


@attrs.frozen(kw_only=True)
class SavedViewAdded(SavedViewEvent):
    name: ClassVar[str] = "saved_view_added"


@attrs.frozen(kw_only=True)
class SavedViewChanged(SavedViewEvent):
    name: ClassVar[str] = "saved_view_changed"


@attrs.frozen(kw_only=True)
class SavedViewDeleted(SavedViewEvent):
    name: ClassVar[str] = "saved_view_deleted"


@attrs.frozen(kw_only=True)
class Viewing:
    """What is asked each time: of the last `days`, or of the last whole period that it `covers`.

    Days begin on the clock of `zone`, or of the desk. `filters` are those of dashboards, by name.
    """

    name: str
    about: About
    figures: tuple[str, ...]
    days: int | None = None
    covers: Covered | None = None
    interval: Granularity = Granularity.DAY
    zone: str | None = None
    filters: Mapping[str, str] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Raises BadView."""
        if (self.days is None) is (self.covers is None):
            raise BadView


@attrs.frozen(kw_only=True)
class SavedView:
    id: SavedViewId
    viewing: Viewing
    owner: ActorId
    shared: bool = False
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    def added(self, *, now: datetime) -> "SavedView":
        return self.telling(SavedViewAdded, now)

    def changed(self, viewing: Viewing, *, shared: bool, now: datetime) -> "SavedView":
        changed = attrs.evolve(self, viewing=viewing, shared=shared)
        return changed.telling(SavedViewChanged, now)

    def deleted(self, *, now: datetime) -> "SavedView":
        return self.telling(SavedViewDeleted, now)

    def must_be_kept_by(self, actor: Actor) -> None:
        """By its owner; a shared one by whoever sets what the organization goes by, too.

        Raises SavedViewNotFound or NotPermitted.
        """
        if actor.id == self.owner:
            return
        if not self.shared:
            raise SavedViewNotFound(self.id)
        actor.must(Permission.MANAGE_SETTINGS)

    def telling(self, fact: type[SavedViewEvent], now: datetime) -> "SavedView":
        return attrs.evolve(self, events=(*self.events, fact(view_id=self.id, occurred_at=now)))
