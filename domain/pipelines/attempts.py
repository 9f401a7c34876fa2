"""What came of asking a data source, and what that says of its health."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from uuid import UUID

import attrs

from domain.kernel.identifiers import DataSourceId
from domain.pipelines.sources import Health

LATEST = 20
FAILED_IN_A_ROW = 3


class Asked(Enum):
    """A check only connects; a sync reads records until there are no more, or it fails."""

    CHECK = "check"
    SYNC = "sync"


@attrs.frozen(kw_only=True)
class Attempt:
    """`reason` is why it failed, and None if it did not; `by` is the run or person, if known."""

    id: UUID
    data_source_id: DataSourceId
    asked: Asked
    at: datetime
    milliseconds: int
    records: int = 0
    reason: str | None = None
    version: str | None = None
    clock_difference_ms: int | None = None

    @property
    def succeeded(self) -> bool:
        return self.reason is None


def health_of(latest: Sequence[bool]) -> Health:
    """Of whether the latest attempts succeeded, the last one first; no more than `LATEST` count.

    Unhealthy: the last three failed, or all there were. Degraded: one of the latest failed.
    """
    counted = latest[:LATEST]
    if not counted:
        return Health.UNKNOWN
    if not any(counted[:FAILED_IN_A_ROW]):
        return Health.UNHEALTHY
    return Health.HEALTHY if all(counted) else Health.DEGRADED
