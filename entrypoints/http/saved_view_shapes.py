"""Saved views in JSON."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from application.analytics.call_views import Axis
from application.analytics.run_view import Viewed
from domain.analytics.booking_totals import BookingBasis
from domain.analytics.intervals import MOST_INTERVALS, Granularity
from domain.analytics.report_schedules import Covered
from domain.analytics.saved_views import About, BadView, SavedView, Viewing
from entrypoints.http.call_shapes import Template
from entrypoints.http.figure_shapes import (
    MOST_FIGURES,
    AskedBody,
    DeskZone,
    FigureName,
    SpannedBody,
    Values,
    asked,
    spanned,
)
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import ONE_LINE, Identifier, Input, Kind, Output, Version

Name = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=100, examples=["Sales, last week"])
]
Days = Annotated[
    int, Meta(ge=1, le=366, description="The last days, up to the end of this hour.", examples=[7])
]
Figures = Annotated[
    Sequence[FigureName], Meta(min_length=1, max_length=MOST_FIGURES, examples=[["offered"]])
]


class CallFilters(Input, frozen=True, kw_only=True):
    """Only calls that meet all of them; `by` is by what a call belongs to a time."""

    by: Axis = Axis.START
    direction: Literal["inbound", "outbound"] | None = None
    agent_id: Identifier | None = None
    handler_id: Identifier | None = None
    template: Template | None = None
    queue_id: Identifier | None = None


class BookingFilters(Input, frozen=True, kw_only=True):
    """Only bookings that meet all of them, that were made in the time, or begin in it."""

    by: BookingBasis = BookingBasis.BOOKED
    kind: Kind | None = None
    resource_id: Identifier | None = None


class ViewInput(Input, frozen=True, kw_only=True):
    """About `calls` or about `bookings`; of the last `days`, or of the last whole period.

    One that is `shared`, which takes `exports:read`, is seen by all who may see what it is about.
    """

    name: Name
    figures: Figures
    calls: CallFilters | None = None
    bookings: BookingFilters | None = None
    days: Days | None = None
    covers: Covered | None = None
    interval: Granularity = Granularity.DAY
    zone: DeskZone | None = None
    shared: bool = False

    def viewing(self) -> Viewing:
        """Raises BadView."""
        filters = self.calls or self.bookings
        if filters is None or None not in (self.calls, self.bookings):
            raise BadView
        said = msgspec.to_builtins(filters)
        return Viewing(
            name=self.name,
            about=About.BOOKINGS if self.calls is None else About.CALLS,
            figures=tuple(self.figures),
            days=self.days,
            covers=self.covers,
            interval=self.interval,
            zone=self.zone,
            filters={name: value for name, value in said.items() if value is not None},
        )


class ViewBody(Output, frozen=True, kw_only=True):
    """`owner_id` is the member, or the key, that keeps it."""

    id: Identifier
    name: Name
    owner_id: Identifier
    shared: bool
    figures: Figures
    calls: CallFilters | None
    bookings: BookingFilters | None
    days: Days | None
    covers: Covered | None
    interval: Granularity
    zone: DeskZone | None
    version: Version

    @classmethod
    def of(cls, view: SavedView) -> "ViewBody":
        viewing = view.viewing
        of_calls = viewing.about is About.CALLS
        return cls(
            id=view.id,
            name=viewing.name,
            owner_id=view.owner,
            shared=view.shared,
            figures=viewing.figures,
            calls=_said_of(viewing.filters, CallFilters) if of_calls else None,
            bookings=None if of_calls else _said_of(viewing.filters, BookingFilters),
            days=viewing.days,
            covers=viewing.covers,
            interval=viewing.interval,
            zone=viewing.zone,
            version=view.version,
        )


class ViewPage(Output, frozen=True):
    items: Annotated[Sequence[ViewBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class ViewedThen(SpannedBody, frozen=True):
    figures: Values


class ViewedBody(AskedBody, frozen=True):
    """Without gaps; the whole period is not the mean of its intervals. `before` is as much time
    before."""

    view_id: Identifier
    name: Name
    interval: Granularity
    figures: Values
    before: ViewedThen
    intervals: Annotated[Sequence[ViewedThen], Meta(max_length=MOST_INTERVALS)]

    @classmethod
    def of_view(cls, view: SavedView, viewed: Viewed) -> "ViewedBody":
        zone = viewed.span.zone
        return cls(
            view_id=view.id,
            name=view.viewing.name,
            interval=view.viewing.interval,
            figures=viewed.values,
            before=ViewedThen(**spanned(zone, viewed.span.before.period), figures=viewed.before),
            intervals=[
                ViewedThen(**spanned(zone, period), figures=values)
                for period, values in viewed.intervals
            ],
            **asked(viewed.span, viewed.as_of, viewed.figures),
        )


def _said_of(said: Mapping[str, str], shape: Any) -> Any:
    return msgspec.convert(dict(said), shape)
