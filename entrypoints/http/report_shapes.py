"""JSON shapes of reports, and of what is asked of them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Literal

from msgspec import Meta

from application.analytics.asking import Span
from application.analytics.reports import CellKind, Column, Report, ReportQuestion
from domain.analytics.exports import ExportFormat
from domain.analytics.intervals import Granularity
from domain.kernel.actors import Permission
from entrypoints.http.figure_shapes import SpanQuery
from entrypoints.http.shapes import Output

MOST_REPORTS = 100
MOST_COLUMNS = 100
MOST_FILTERS = 10

ReportName = Annotated[
    str, Meta(pattern=r"^[a-z][a-z_]*$(?!\n)", min_length=1, max_length=40, examples=["calls"])
]
MemberName = Annotated[
    str,
    Meta(pattern=r"^[a-z][a-z0-9_]*$(?!\n)", min_length=1, max_length=64, examples=["started_at"]),
]
Title = Annotated[
    str, Meta(pattern=r"^[^\x00-\x1f]+$", min_length=1, max_length=100, examples=["Calls"])
]
FilterValue = Annotated[
    str, Meta(pattern=r"^[^\x00-\x1f]+$", min_length=1, max_length=100, examples=["completed"])
]
Filters = Annotated[
    Mapping[MemberName, FilterValue],
    Meta(max_length=MOST_FILTERS, description="What the rows have in common."),
]
FilterText = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9_]+:[^,\x00-\x1f]+(,[a-z0-9_]+:[^,\x00-\x1f]+)*$",
        max_length=500,
        description="What the rows have in common: `name:value`, several with commas between.",
        examples=["status:completed,direction:inbound"],
    ),
]


class PeriodQuery(SpanQuery, frozen=True, kw_only=True):
    interval: Granularity | None = None
    filter: FilterText | None = None

    def question(self, span: Span) -> ReportQuestion:
        pairs = [] if self.filter is None else self.filter.split(",")
        return ReportQuestion(
            period=span.period,
            zone=span.zone,
            interval=self.interval,
            filters=dict(pair.split(":", 1) for pair in pairs),
        )


class ReportQuery(PeriodQuery, frozen=True, kw_only=True):
    format: Literal["csv", "jsonl"] = "csv"


class ColumnBody(Output, frozen=True):
    """Money is in minor units of the currency in the column beside it, shares are up to 1."""

    name: MemberName
    kind: CellKind
    title: Title

    @classmethod
    def of(cls, column: Column) -> "ColumnBody":
        return cls(name=column.name, kind=column.kind, title=column.title)


class ReportBody(Output, frozen=True):
    """`needs` are permissions that it takes, all of them, beside that to export."""

    name: ReportName
    title: Title
    columns: Annotated[Sequence[ColumnBody], Meta(max_length=MOST_COLUMNS)]
    filters: Annotated[Sequence[MemberName], Meta(max_length=MOST_FILTERS)]
    needs: Annotated[Sequence[Permission], Meta(max_length=10)]
    formats: Annotated[Sequence[ExportFormat], Meta(max_length=10)]
    drawn: Annotated[bool, Meta(description="Whether there is a chart of it.")]

    @classmethod
    def of(cls, report: Report, formats: Collection[ExportFormat]) -> "ReportBody":
        return cls(
            name=report.name,
            title=report.title,
            columns=[ColumnBody.of(column) for column in report.columns],
            filters=sorted(report.filters),
            needs=sorted(report.needs, key=lambda permission: permission.value),
            formats=sorted(formats, key=lambda one: one.value),
            drawn=report.chart is not None,
        )


class ReportList(Output, frozen=True):
    items: Annotated[Sequence[ReportBody], Meta(max_length=MOST_REPORTS)]
