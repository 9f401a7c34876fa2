"""What programs of an organization measure, log and trace, in what they post of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import Enum

import attrs

from domain.kernel.personal import personal

Labels = Mapping[str, str]
Fault = tuple[str, str]
"""A member that cannot be as it is, and why."""

# Clocks differ, and whoever could not post for a long time posts late.
MOST_AHEAD = timedelta(days=1)
LONGEST_AGO = timedelta(days=3650)
LONGEST_SPAN = timedelta(days=30)


class LogLevel(Enum):
    """From the least to the most urgent."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    CRITICAL = "critical"

    @property
    def severity(self) -> int:
        """In OpenTelemetry's numbers, which leave room between levels."""
        return 5 + 4 * list(LogLevel).index(self)


@attrs.frozen(kw_only=True)
class Measurement:
    """Of two with one id, the second is the first again."""

    id: str
    name: str
    at: datetime
    value: float
    unit: str
    labels: Labels

    def faults(self, *, now: datetime) -> Iterator[Fault]:
        yield from untimely("at", self.at, now=now)


@attrs.frozen(kw_only=True)
class LogLine:
    """Of two with one id, the second is the first again."""

    id: str
    at: datetime
    level: LogLevel
    source: str
    message: str = attrs.field(repr=False, metadata=personal("what a program tells"))
    trace_id: str | None
    labels: Labels = attrs.field(repr=False, metadata=personal("the same"))

    def faults(self, *, now: datetime) -> Iterator[Fault]:
        yield from untimely("at", self.at, now=now)


@attrs.frozen(kw_only=True)
class PostedSpan:
    """Of two with one id in a trace, the second is the first again. Ids are those of W3C."""

    trace_id: str
    span_id: str
    parent_id: str | None
    name: str
    source: str
    begins_at: datetime
    ends_at: datetime
    failed: bool
    labels: Labels

    def faults(self, *, now: datetime) -> Iterator[Fault]:
        yield from untimely("begins_at", self.begins_at, now=now)
        if self.ends_at < self.begins_at:
            yield "ends_at", "must not be before begins_at"
        elif self.ends_at - self.begins_at > LONGEST_SPAN:
            yield "ends_at", f"must be at most {LONGEST_SPAN.days} days after begins_at"


Telemetry = Measurement | LogLine | PostedSpan


def untimely(member: str, moment: datetime, *, now: datetime) -> Iterator[Fault]:
    """Further ahead than clocks differ it would be the last for long, and never too old."""
    if moment - now > MOST_AHEAD:
        yield member, f"must be at most {MOST_AHEAD.days} day ahead"
    if now - moment > LONGEST_AGO:
        yield member, f"must be at most {LONGEST_AGO.days} days ago"
