"""JSON shapes of exports."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated

from msgspec import Meta, field

from application.analytics.asking import Span
from application.analytics.export_ports import DownloadLinks
from application.analytics.reports import ReportQuestion
from application.analytics.take_export import download_of
from domain.analytics.exports import Export, ExportFormat, ExportState
from domain.analytics.intervals import Granularity
from domain.kernel.identifiers import OrganizationId
from entrypoints.http.figure_shapes import SpanQuery
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.report_shapes import (
    Filters,
    FilterValue,
    MemberName,
    ReportName,
)
from entrypoints.http.shapes import Identifier, Moment, Output, Version, ZoneName

Count = Annotated[int, Meta(ge=0, le=2**53, examples=[1000])]
Bytes = Annotated[int, Meta(ge=0, le=2**53, description="Bytes.", examples=[120_000])]
Code = Annotated[str, Meta(max_length=64, pattern="^[a-z_]+$", examples=["not_in_tier"])]
Url = Annotated[
    str,
    Meta(
        max_length=2048,
        pattern=r"^https?://\S+$",
        description="Works without a key, for whoever has it.",
        examples=["https://desk.example.com/v1/downloads/AZ8e"],
    ),
]


class ExportInput(SpanQuery, frozen=True, kw_only=True):
    report: ReportName
    format: ExportFormat
    interval: Granularity | None = None
    filters: Filters = {}  # noqa: RUF012  (msgspec copies it)

    def question(self, span: Span) -> ReportQuestion:
        return ReportQuestion(
            period=span.period,
            zone=span.zone,
            interval=self.interval,
            filters=self.filters,
        )


class DownloadBody(Output, frozen=True):
    url: Url
    expires_at: Moment


class ExportBody(Output, frozen=True):
    """So many `rows` have been read so far; the file is there once it is `completed`.

    It is deleted at `expires_at`. `problem` is the code of what refused it, if it `failed`.
    """

    id: Identifier
    version: Version
    report: ReportName
    format: ExportFormat
    from_: Moment = field(name="from")
    until: Moment
    zone: ZoneName
    interval: Granularity | None
    filters: Annotated[Mapping[MemberName, FilterValue], Meta(max_length=10)]
    state: ExportState
    rows: Count
    size: Bytes
    problem: Code | None
    requested_by: Identifier
    requested_at: Moment
    ended_at: Moment | None
    expires_at: Moment
    download: DownloadBody | None

    @classmethod
    def of(cls, export: Export, download: DownloadBody | None = None) -> "ExportBody":
        ordered = export.ordered
        return cls(
            id=export.id,
            version=export.version,
            report=ordered.report,
            format=ordered.format,
            from_=ordered.period.starts_at,
            until=ordered.period.ends_at,
            zone=ordered.zone.name,
            interval=ordered.interval,
            filters=ordered.filters,
            state=export.state,
            rows=export.rows,
            size=export.size,
            problem=export.problem,
            requested_by=ordered.by,
            requested_at=export.requested_at,
            ended_at=export.ended_at,
            expires_at=export.expires_at,
            download=download,
        )


class ExportPage(Output, frozen=True):
    items: Annotated[Sequence[ExportBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


def download_body(
    links: DownloadLinks,
    organization_id: OrganizationId,
    export: Export,
    *,
    now: datetime,
    good_for: timedelta,
) -> DownloadBody | None:
    """None as long as there is no file, and where links are not set up."""
    download = download_of(organization_id, export, now=now, good_for=good_for)
    url = None if download is None else links.url(download)
    if download is None or url is None:
        return None
    return DownloadBody(url=url, expires_at=download.expires_at)
