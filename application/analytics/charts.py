"""Pictures of reports: what is drawn of their rows, whoever draws it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import ClassVar, Protocol

import attrs

from application.analytics.reports import (
    Cell,
    CellKind,
    Cells,
    ChartPlan,
    Report,
    ReportQuestion,
)
from domain.analytics.intervals import (
    Granularity,
    interval_of,
    intervals,
)
from domain.kernel.periods import Period, Zone
from domain.kernel.refusals import Conflict, NotFound

MOST_SERIES = 7
OTHERS = "others"
NOT_KNOWN = "not known"
WORDED: Mapping[Granularity, str] = {
    Granularity.QUARTER_HOUR: "%d %b %H:%M",
    Granularity.HALF_HOUR: "%d %b %H:%M",
    Granularity.HOUR: "%d %b %H:%M",
    Granularity.DAY: "%d %b",
    Granularity.WEEK: "%d %b",
    Granularity.MONTH: "%b %Y",
}


@attrs.frozen
class NothingToDraw(NotFound):
    code: ClassVar[str] = "nothing_to_draw"
    report: str

    def __str__(self) -> str:
        return f"there is no picture of {self.report}"


@attrs.frozen
class TooMuchToDraw(Conflict):
    code: ClassVar[str] = "too_much_to_draw"
    most: int

    def __str__(self) -> str:
        return f"more than {self.most} rows: ask for less time, or choose some"


class ChartKind(Enum):
    LINES = "lines"
    BARS = "bars"
    STACKED_BARS = "stacked_bars"
    SHARES = "shares"


@attrs.frozen(kw_only=True)
class Series:
    """One value a label; None is a gap, and 0 is not."""

    name: str
    values: Sequence[float | int | None]


@attrs.frozen(kw_only=True)
class Chart:
    """`description` says in a sentence what is to be seen."""

    kind: ChartKind
    title: str
    description: str
    along: str
    up: str
    labels: Sequence[str]
    series: Sequence[Series]


class ChartRenderer(Protocol):
    async def svg(self, chart: Chart, /) -> bytes:
        """Without scripts, and with words for whoever does not see it."""
        ...

    async def png(self, chart: Chart, /) -> bytes: ...


def granularity_of(question: ReportQuestion) -> Granularity:
    """What was asked for, or what makes a few dozen intervals."""
    if question.interval is not None:
        return question.interval
    length = question.period.ends_at - question.period.starts_at
    if length <= timedelta(days=2):
        return Granularity.HOUR
    return Granularity.DAY if length <= timedelta(days=92) else Granularity.MONTH


@attrs.define
class Drawing:
    """Counts rows, or takes values from them, a page at a time."""

    report: Report
    plan: ChartPlan
    question: ReportQuestion
    cut: Sequence[Period]
    places: Mapping[str, int]
    counts: dict[str, Counter[str | int]] = attrs.field(factory=lambda: defaultdict(Counter))
    values: dict[str, dict[str | int, float | None]] = attrs.field(
        factory=lambda: defaultdict(dict)
    )
    labels: dict[str | int, None] = attrs.field(factory=dict)

    @classmethod
    def of(cls, report: Report, question: ReportQuestion) -> "Drawing":
        """Raises NothingToDraw or TooManyIntervals."""
        plan = report.chart
        if plan is None:
            raise NothingToDraw(report.name)
        cut = intervals(question.period, granularity_of(question), question.zone)
        places = {column.name: place for place, column in enumerate(report.columns)}
        return cls(report, plan, question, cut, places)

    def take(self, rows: Sequence[Cells]) -> None:
        along = self.places[self.plan.along]
        by = None if self.plan.by is None else self.places[self.plan.by]
        for row in rows:
            label = self._label(row[along])
            if label is None:
                continue
            self.labels[label] = None
            said = None if by is None else _said(row[by])
            if self.plan.values:
                for name in self.plan.values:
                    self.values[said or name][label] = _number(row[self.places[name]])
            else:
                self.counts[said or self.report.title][label] += 1

    def drawn(self) -> Chart:
        titles = {column.name: column.title for column in self.report.columns}
        by_time = self._by_time
        keys: Sequence[str | int] = range(len(self.cut)) if by_time else list(self.labels)
        worded = self._moments() if by_time else [self._named(key) for key in keys]
        zone = self.question.zone.name
        along = f"{titles[self.plan.along]} ({zone})" if by_time else titles[self.plan.along]
        return Chart(
            kind=ChartKind(self.plan.kind),
            title=self.report.title,
            description=_described(self.report.title, self.question),
            along=along,
            up=self.plan.up,
            labels=worded,
            series=self._series(keys, titles),
        )

    def _named(self, key: str | int) -> str:
        names = self.plan.names
        return names[int(key) - 1] if names else str(key)

    @property
    def _by_time(self) -> bool:
        return self.report.columns[self.places[self.plan.along]].kind is CellKind.MOMENT

    def _label(self, cell: Cell) -> str | int | None:
        if isinstance(cell, datetime) and self._by_time:
            return interval_of(cell, self.cut)
        return _said(cell)

    def _series(self, keys: Sequence[str | int], titles: Mapping[str, str]) -> Sequence[Series]:
        if self.plan.values:
            names = self.plan.values if self.plan.by is None else sorted(self.values)[:MOST_SERIES]
            return [
                Series(
                    name=titles.get(name, name),
                    values=[self.values[name].get(key) for key in keys],
                )
                for name in names
            ]
        ranked = sorted(self.counts.items(), key=lambda each: (-each[1].total(), each[0]))
        shown, rest = ranked[:MOST_SERIES], ranked[MOST_SERIES:]
        if rest:
            shown.append((OTHERS, sum((count for _, count in rest), Counter())))
        return [Series(name=name, values=[count[key] for key in keys]) for name, count in shown]

    def _moments(self) -> Sequence[str]:
        form = WORDED[granularity_of(self.question)]
        zone = self.question.zone
        return [f"{zone.wall_time(one.starts_at):{form}}" for one in self.cut]


def _said(cell: Cell) -> str:
    return NOT_KNOWN if cell is None else str(cell)


def _number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None


def _described(title: str, question: ReportQuestion) -> str:
    first, last = (
        _day(question.period.starts_at, question.zone),
        _day(question.period.ends_at, question.zone),
    )
    return f"{title} from {first} until {last}, on the clock of {question.zone.name}"


def _day(moment: datetime, zone: Zone) -> str:
    return f"{zone.wall_time(moment):%d %B %Y %H:%M}"
