"""How long each part of a call took, from when things happened and never from when we heard."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import attrs

from domain.calls.legs import Interval

NO_TIME = timedelta()


@attrs.frozen(kw_only=True)
class Durations:
    """None is what cannot be told: it has not come to that, or has not ended yet.

    `total` is from the answer until the line went down, `talk` is that without `hold`.
    """

    queue: timedelta | None
    ring: timedelta | None
    talk: timedelta | None
    hold: timedelta | None
    wrap: timedelta | None
    total: timedelta | None

    @classmethod
    def of(
        cls,
        *,
        queued_at: datetime | None,
        ringing_at: datetime | None,
        answered_at: datetime | None,
        ended_at: datetime | None,
        wrapped_at: datetime | None,
        holds: Sequence[Interval],
    ) -> "Durations":
        total = _between(answered_at, ended_at)
        hold = None
        if total is not None:
            on_hold = sum((one.lasted(ended_at) for one in holds), NO_TIME)
            hold = min(on_hold, total)
        return cls(
            queue=_between(queued_at, ringing_at or answered_at or ended_at),
            ring=_between(ringing_at, answered_at or ended_at),
            talk=None if total is None or hold is None else total - hold,
            hold=hold,
            wrap=_between(ended_at, wrapped_at),
            total=total,
        )


def _between(since: datetime | None, until: datetime | None) -> timedelta | None:
    """Clocks of providers differ: nothing lasts less than no time."""
    if since is None or until is None:
        return None
    return max(NO_TIME, until - since)
