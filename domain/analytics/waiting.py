"""How long somebody outside waited for us."""

from datetime import datetime, timedelta

import attrs

from domain.analytics.counted_calls import MILLISECOND


@attrs.frozen(kw_only=True)
class Waiting:
    """`waited_ms` until the answer, or `stayed_ms` until they were gone without one."""

    asked_at: datetime | None = None
    waited_ms: int | None = None
    stayed_ms: int | None = None

    @classmethod
    def of(
        cls,
        *,
        queued_at: datetime | None,
        ringing_at: datetime | None,
        answered_at: datetime | None,
        ended_at: datetime | None,
    ) -> "Waiting":
        asked_at = queued_at or ringing_at or answered_at
        if asked_at is None:
            return cls()
        if answered_at is not None:
            return cls(asked_at=asked_at, waited_ms=_between(asked_at, answered_at))
        stayed = None if ended_at is None else _between(asked_at, ended_at)
        return cls(asked_at=asked_at, stayed_ms=stayed)


def _between(since: datetime, until: datetime) -> int:
    """Clocks of providers differ: nothing lasts less than no time."""
    return max(timedelta(), until - since) // MILLISECOND
