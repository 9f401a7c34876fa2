"""Shapes that all numbers about calls and bookings share."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, TypeVar

from msgspec import Meta

from application.analytics.asking import Asking, Span
from domain.analytics.figures import Figure, Unit, values
from domain.kernel.actors import Actor
from domain.kernel.periods import Period, Zone
from entrypoints.http.shapes import (
    LARGEST_TOTAL,
    ONE_LINE,
    Input,
    Moment,
    Output,
    ZoneName,
    sensible,
)

Totals = TypeVar("Totals")

MOST_FIGURES = 100

FigureName = Annotated[
    str, Meta(pattern="^[a-z][a-z0-9_]*$", max_length=64, examples=["service_level_all"])
]
Value = Annotated[float, Meta(ge=-LARGEST_TOTAL, le=LARGEST_TOTAL, examples=[0.82])] | None
Values = Annotated[
    Mapping[FigureName, Value],
    Meta(
        max_length=MOST_FIGURES,
        description="By name: null is what cannot be computed, 0 is 0.",
        examples=[{"offered": 40, "service_level_all": 0.825}],
    ),
]
Versions = Annotated[
    Mapping[FigureName, Annotated[int, Meta(ge=1, le=1000)]],
    Meta(
        max_length=MOST_FIGURES,
        description="By name, which version of its definition was gone by.",
        examples=[{"offered": 1, "service_level_all": 1}],
    ),
]


From = Annotated[
    Moment, Meta(description="The first moment; a week before the last, if not said.")
]
Until = Annotated[Moment, Meta(description="The moment after; the end of this hour, if not said.")]
DeskZone = Annotated[
    ZoneName, Meta(description="Whose clock and calendar count; that of the desk, if not said.")
]


class SpanQuery(Input, frozen=True, kw_only=True, rename={"since": "from"}):
    """From one moment until just before another; the last seven days, if none is given.

    Days, weeks and months are those of `zone`, or of the desk.
    """

    since: From | None = None
    until: Until | None = None
    zone: DeskZone | None = None


async def span_of(query: SpanQuery, actor: Actor, asking: Asking) -> Span:
    """Raises BadPeriod, FarOff or UnknownZone."""
    return await asking(
        actor, since=sensible(query.since), until=sensible(query.until), zone=query.zone
    )


class SpannedBody(Output, frozen=True, rename={"since": "from"}):
    """From one moment until just before another, as the clock in the zone shows them."""

    since: Moment
    until: Moment


class AskedBody(SpannedBody, frozen=True):
    """`as_of` is until when what has happened is counted."""

    zone: ZoneName
    as_of: Moment
    definitions: Versions


class DefinitionBody(Output, frozen=True):
    """`formula` is in the names of other figures, or in words; `source` is what is counted."""

    name: FigureName
    about: Annotated[str, Meta(pattern="^[a-z_]+$", max_length=32, examples=["calls"])]
    unit: Unit
    formula: Annotated[
        str, Meta(pattern=ONE_LINE, max_length=500, examples=["answered / offered"])
    ]
    source: Annotated[str, Meta(pattern=ONE_LINE, max_length=500, examples=["calls"])]
    version: Annotated[int, Meta(ge=1, le=1000)]

    @classmethod
    def of(cls, about: str, figure: Figure[Any]) -> "DefinitionBody":
        return cls(
            name=figure.name,
            about=about,
            unit=figure.unit,
            formula=figure.formula,
            source=figure.source,
            version=figure.version,
        )


class DefinitionsBody(Output, frozen=True):
    items: Annotated[Sequence[DefinitionBody], Meta(max_length=10 * MOST_FIGURES)]


def asked(span: Span, as_of: datetime, figures: Sequence[Figure[Any]]) -> Mapping[str, Any]:
    """The members of an answer that all have."""
    return {
        **spanned(span.zone, span.period),
        "zone": span.zone.name,
        "as_of": as_of,
        "definitions": versions(figures),
    }


def spanned(zone: Zone, period: Period) -> dict[str, Any]:
    return {
        "since": zone.wall_time(period.starts_at),
        "until": zone.wall_time(period.ends_at),
    }


def versions(figures: Sequence[Figure[Any]]) -> Versions:
    return {figure.name: figure.version for figure in figures}


def valued(figures: Sequence[Figure[Totals]], totals: Totals) -> Values:
    return values(figures, totals)
