"""What becomes of holds when the call in which they were made is over."""

from datetime import datetime, timedelta
from enum import Enum

import attrs

from domain.bookings.life import HoldTerms


class HoldsAfterCalls(Enum):
    KEEP = "keep"
    RELEASE = "release"
    EXTEND = "extend"


@attrs.frozen(kw_only=True)
class AfterCalls:
    """`longer` is how long they go on, counted from the end of the call."""

    holds: HoldsAfterCalls = HoldsAfterCalls.KEEP
    longer: timedelta = timedelta(minutes=30)

    def terms(self, *, ended_at: datetime, now: datetime) -> HoldTerms:
        """However late it is asked for, and however often, it is as long."""
        lasts = ended_at + self.longer - now
        return HoldTerms(lasts=lasts, at_most=lasts)
