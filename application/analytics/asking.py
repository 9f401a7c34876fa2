"""Of which time a question is asked, and on whose clock days begin."""

from datetime import datetime, timedelta

import attrs

from domain.analytics.intervals import Granularity, intervals
from domain.kernel.periods import Period, Zone

USUAL_LENGTH = timedelta(days=7)


@attrs.frozen(kw_only=True)
class Span:
    """Days, weeks and months in it are those of the `zone`."""

    period: Period
    zone: Zone

    def cut(self, granularity: Granularity) -> tuple[Period, ...]:
        """Raises TooManyIntervals."""
        return intervals(self.period, granularity, self.zone)

    @property
    def before(self) -> "Span":
        """As much time until this begins, to compare with."""
        length = self.period.ends_at - self.period.starts_at
        return attrs.evolve(
            self, period=Period(self.period.starts_at - length, self.period.starts_at)
        )


def usual_period(now: datetime) -> Period:
    """The last seven days, up to the end of the hour that goes on."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    until = hour + timedelta(hours=1)
    return Period(until - USUAL_LENGTH, until)
