"""What came of asking data sources, in JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from msgspec import Meta

from application.pipelines.check_source import Checked
from application.pipelines.source_views import SourceMetrics
from domain.pipelines.attempts import Asked, Attempt
from domain.pipelines.sources import Health
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import ONE_LINE, Identifier, Moment, Output
from entrypoints.http.source_shapes import DataSourceBody

Number = Annotated[int, Meta(ge=0, le=2**53)]
Figure = Annotated[float, Meta(ge=0)]
Rate = Annotated[float, Meta(ge=0, le=1, description="A share.", examples=[0.02])]
Difference = Annotated[
    int,
    Meta(
        ge=-(2**53),
        le=2**53,
        description="How far their clock is ahead, in milliseconds, if they tell.",
    ),
]
Reason = Annotated[str, Meta(pattern=ONE_LINE, max_length=100, examples=["not_authorized"])]
Told = Annotated[str, Meta(pattern=ONE_LINE, max_length=100, examples=["nginx/1.27"])]


class SourceAttemptBody(Output, frozen=True):
    """Without a `reason` it succeeded."""

    id: Identifier
    asked: Asked
    at: Moment
    milliseconds: Number
    records: Number
    reason: Reason | None
    server_version: Told | None
    clock_difference_ms: Difference | None

    @classmethod
    def of(cls, attempt: Attempt) -> "SourceAttemptBody":
        return cls(
            id=attempt.id,
            asked=attempt.asked,
            at=attempt.at,
            milliseconds=attempt.milliseconds,
            records=attempt.records,
            reason=attempt.reason,
            server_version=attempt.version,
            clock_difference_ms=attempt.clock_difference_ms,
        )


class SourceAttemptPage(Output, frozen=True):
    items: Annotated[Sequence[SourceAttemptBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class SourceValidationBody(Output, frozen=True):
    """What came of really connecting, now."""

    reachable: bool
    attempt: SourceAttemptBody
    data_source: DataSourceBody

    @classmethod
    def of(cls, checked: Checked) -> "SourceValidationBody":
        return cls(
            reachable=checked.verdict.reachable,
            attempt=SourceAttemptBody.of(checked.attempt),
            data_source=DataSourceBody.of(checked.source),
        )


class SourceMetricsBody(Output, frozen=True):
    """Of the attempts since `since`; what cannot be computed is null. Latencies are of checks."""

    since: Moment
    health: Health
    checks: Number
    syncs: Number
    failed: Number
    records: Number
    error_rate: Rate | None
    success_rate: Rate | None
    latency_ms: Figure | None
    slowest_ms: Number | None
    sync_ms: Figure | None
    last_sync_at: Moment | None
    last_success_at: Moment | None

    @classmethod
    def of(cls, metrics: SourceMetrics, *, health: Health, since: datetime) -> "SourceMetricsBody":
        return cls(
            since=since,
            health=health,
            checks=metrics.checks,
            syncs=metrics.syncs,
            failed=metrics.failed,
            records=metrics.records,
            error_rate=metrics.error_rate,
            success_rate=metrics.success_rate,
            latency_ms=metrics.latency_ms,
            slowest_ms=metrics.slowest_ms,
            sync_ms=metrics.sync_ms,
            last_sync_at=metrics.last_sync_at,
            last_success_at=metrics.last_success_at,
        )
