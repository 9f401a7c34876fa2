"""Ask again what a saved view asks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import attrs

from application.analytics.asking import Asking, Span
from application.analytics.booking_views import BookingFigures, BookingQuestion
from application.analytics.call_views import Axis, CallFigureViews, CallQuestion, CallsMeeting
from domain.analytics.booking_figures import BOOKING_FIGURES
from domain.analytics.booking_totals import BookingBasis, Counted
from domain.analytics.call_figures import CALL_FIGURES
from domain.analytics.call_totals import total
from domain.analytics.figures import Figure, Value, values
from domain.analytics.saved_views import About, SavedView, UnknownFigures, Viewing
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import Period

Values = Mapping[str, Value | None]
Figures = Sequence[Figure[Any]]
KNOWN: Mapping[About, Figures] = {About.CALLS: CALL_FIGURES, About.BOOKINGS: BOOKING_FIGURES}


@attrs.frozen(kw_only=True)
class Viewed:
    """`before` is as much time right before; intervals have no gaps."""

    span: Span
    as_of: datetime
    figures: Figures
    values: Values
    before: Values
    intervals: Sequence[tuple[Period, Values]]


@attrs.frozen(kw_only=True)
class RunView:
    asking: Asking
    calls: CallFigureViews
    bookings: BookingFigures

    async def __call__(self, actor: Actor, view: SavedView) -> Viewed:
        """Of now, as dashboards would be answered. Raises NotPermitted or UnknownFigures."""
        viewing = view.viewing
        actor.must(viewing.about.needs)
        figures, span = figures_of(viewing), await self.asking.last(actor, viewing)
        ask = self._of_calls if viewing.about is About.CALLS else self._of_bookings
        return await ask(actor, viewing, figures, span)

    async def _of_calls(
        self, actor: Actor, viewing: Viewing, figures: Figures, span: Span
    ) -> Viewed:
        question = calls_of(viewing, span)
        as_of = await self.calls.as_of(actor)
        series = await self.calls.series(actor, question, viewing.interval)
        before = await self.calls.totals(actor, question.before)
        return Viewed(
            span=span,
            as_of=as_of,
            figures=figures,
            values=values(figures, total(totals for _, totals in series)),
            before=values(figures, before),
            intervals=[(period, values(figures, totals)) for period, totals in series],
        )

    async def _of_bookings(
        self, actor: Actor, viewing: Viewing, figures: Figures, span: Span
    ) -> Viewed:
        question = bookings_of(viewing, span)
        as_of = await self.bookings.as_of(actor)
        series = await self.bookings.timeline(actor, question, viewing.interval)
        before = await self.bookings.counted(actor, question.before)
        whole = sum((counted for _, counted in series), Counted())
        return Viewed(
            span=span,
            as_of=as_of,
            figures=figures,
            values=values(figures, whole.totals),
            before=values(figures, before.totals),
            intervals=[(period, values(figures, one.totals)) for period, one in series],
        )


def figures_of(viewing: Viewing) -> Figures:
    """In the order in which they are named. Raises UnknownFigures."""
    known = {figure.name: figure for figure in KNOWN[viewing.about]}
    if not known.keys() >= set(viewing.figures) or len({*viewing.figures}) < len(viewing.figures):
        raise UnknownFigures
    return [known[name] for name in viewing.figures]


def calls_of(viewing: Viewing, span: Span) -> CallQuestion:
    asked = viewing.filters
    ids = {
        name: UUID(asked[name]) for name in ("agent_id", "handler_id", "queue_id") if name in asked
    }
    meeting = CallsMeeting(
        inbound=asked["direction"] == "inbound" if "direction" in asked else None,
        template=asked.get("template"),
        **ids,
    )
    return CallQuestion(span=span, axis=Axis(asked.get("by", Axis.START.value)), meeting=meeting)


def bookings_of(viewing: Viewing, span: Span) -> BookingQuestion:
    asked = viewing.filters
    offering = asked.get("resource_id")
    return BookingQuestion(
        span=span,
        by=BookingBasis(asked.get("by", BookingBasis.BOOKED.value)),
        kind=asked.get("kind"),
        resource_id=None if offering is None else ResourceId(UUID(offering)),
    )
