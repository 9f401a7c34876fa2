"""Reports: tables of what there is, read the same way for a screen, a file and a chart."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import ClassVar, Protocol
from uuid import UUID

import attrs

from application.kernel.pages import Key
from domain.analytics.intervals import Granularity
from domain.kernel.actors import Actor, Permission
from domain.kernel.periods import Period, Zone
from domain.kernel.refusals import Invalid, NotFound

Cell = str | int | float | Decimal | datetime | date | bool | UUID | None
Cells = Sequence[Cell]


class CellKind(Enum):
    """What a column holds. MONEY is in minor units, its currency in a column beside it; a VALUE is
    a number whose unit is in a column beside it.
    """

    TEXT = "text"
    NUMBER = "number"
    DECIMAL = "decimal"
    SHARE = "share"
    SECONDS = "seconds"
    VALUE = "value"
    MONEY = "money"
    MOMENT = "moment"
    DATE = "date"
    IDENTIFIER = "identifier"
    FLAG = "flag"


@attrs.frozen(kw_only=True)
class Column:
    name: str
    kind: CellKind
    title: str

    @classmethod
    def of(cls, name: str, kind: CellKind) -> "Column":
        """With the title that its name suggests."""
        return cls(name=name, kind=kind, title=name.replace("_", " ").capitalize())


@attrs.frozen(kw_only=True)
class ReportQuestion:
    """`zone` is whose clock and calendar count; an interval means something to sums only."""

    period: Period
    zone: Zone
    interval: Granularity | None = None
    filters: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class ChartPlan:
    """What is drawn `along` one column, and how much `up`.

    Rows are counted, those of each value of the column `by` for themselves; or `values` names the
    columns that have the numbers, of reports with one row for each label, or the one column, of
    reports with one row for each label and value of `by`. A column of moments is cut into
    intervals; numbers from 1 on may have `names`. `kind` is that of a chart: lines, bars,
    stacked_bars or shares.
    """

    kind: str
    along: str
    up: str
    by: str | None = None
    values: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class RowPage:
    """`next` is the key to go on behind, or None after the last rows."""

    rows: Sequence[Cells]
    next: Key | None = None


class Report(Protocol):
    """`needs` are permissions, all of which it takes; rows can be chosen by the `filters`."""

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def columns(self) -> Sequence[Column]: ...

    @property
    def needs(self) -> frozenset[Permission]: ...

    @property
    def filters(self) -> frozenset[str]: ...

    @property
    def chart(self) -> ChartPlan | None: ...

    async def page(
        self, actor: Actor, question: ReportQuestion, *, after: Key | None, limit: int
    ) -> RowPage:
        """About `limit` rows in an order that stays. Raises UnknownFilter or BadFilter."""
        ...


@attrs.frozen(kw_only=True)
class ComputedReport(Report):
    """A report of few rows that belong together, such as sums: one page, computed at once."""

    name: str
    title: str
    columns: Sequence[Column]
    needs: frozenset[Permission]
    compute: Callable[[Actor, ReportQuestion], Awaitable[Sequence[Cells]]]
    filters: frozenset[str] = frozenset()
    chart: ChartPlan | None = None

    async def page(
        self, actor: Actor, question: ReportQuestion, *, after: Key | None, limit: int
    ) -> RowPage:
        must_be_known(question, self.filters)
        return RowPage(rows=await self.compute(actor, question))


@attrs.frozen
class ReportNotFound(NotFound):
    code: ClassVar[str] = "report_not_found"

    def __str__(self) -> str:
        return "there is no such report: see /v1/reports"


@attrs.frozen
class UnknownFilter(Invalid):
    code: ClassVar[str] = "unknown_filter"
    field: ClassVar[str] = "filters"
    filter: str

    def __str__(self) -> str:
        return f"the report cannot be filtered by {self.filter}"


@attrs.frozen
class BadFilter(Invalid):
    code: ClassVar[str] = "bad_filter"
    field: ClassVar[str] = "filters"
    filter: str

    def __str__(self) -> str:
        return f"no value of {self.filter} looks like that"


@attrs.frozen
class Reports:
    """All there are, by name."""

    every: Mapping[str, Report]

    @classmethod
    def of(cls, reports: Iterable[Report]) -> "Reports":
        return cls({report.name: report for report in reports})

    def called(self, name: str) -> Report:
        """Raises ReportNotFound."""
        report = self.every.get(name)
        if report is None:
            raise ReportNotFound
        return report


def must_be_allowed(actor: Actor, report: Report) -> None:
    """Raises OrganizationSuspended or NotPermitted."""
    for permission in (Permission.EXPORT, *sorted(report.needs, key=lambda one: one.value)):
        actor.must(permission)


def must_be_known(question: ReportQuestion, filters: frozenset[str]) -> None:
    """Raises UnknownFilter."""
    for name in question.filters:
        if name not in filters:
            raise UnknownFilter(name)


def id_in(wanted: Mapping[str, str], name: str) -> UUID | None:
    """Raises BadFilter."""
    try:
        return UUID(wanted[name]) if name in wanted else None
    except ValueError:
        raise BadFilter(name) from None
