"""Of which time a question is asked, and on whose clock days begin."""

from datetime import datetime, time, timedelta

import attrs

from application.kernel.ports import Clock
from application.kernel.settings import BusinessSettings
from domain.analytics.intervals import Granularity, intervals
from domain.analytics.report_schedules import last_whole
from domain.analytics.saved_views import Viewing
from domain.kernel.actors import Actor
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


@attrs.frozen(kw_only=True)
class Asking:
    """What is not said is as usual: the last week, and the clock of the organization's desk."""

    settings: BusinessSettings
    clock: Clock

    async def __call__(
        self, actor: Actor, *, since: datetime | None, until: datetime | None, zone: str | None
    ) -> Span:
        """Raises BadPeriod or UnknownZone."""
        usual = usual_period(self.clock())
        ends_at = until or usual.ends_at
        period = Period(since or ends_at - USUAL_LENGTH, ends_at)
        return Span(period=period, zone=await self._zone(actor, zone))

    async def day_of(self, actor: Actor, *, now: datetime, zone: str | None) -> Span:
        """From midnight to midnight, which 23 or 25 hours may lie between. Raises UnknownZone."""
        there = await self._zone(actor, zone)
        date = there.date_at(now)
        midnights = [there.moment(day, time.min) for day in (date, date + timedelta(days=1))]
        return Span(period=Period(*midnights), zone=there)

    async def last(self, actor: Actor, viewing: Viewing) -> Span:
        """What a saved view is about now. Raises UnknownZone."""
        there, now = await self._zone(actor, viewing.zone), self.clock()
        if viewing.covers is not None:
            return Span(period=last_whole(viewing.covers, now, there), zone=there)
        until = usual_period(now).ends_at
        return Span(period=Period(until - timedelta(days=viewing.days or 0), until), zone=there)

    async def _zone(self, actor: Actor, zone: str | None) -> Zone:
        return Zone(zone or (await self.settings.of(actor))["desk.zone"])


def usual_period(now: datetime) -> Period:
    """The last seven days, up to the end of the hour that goes on."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    until = hour + timedelta(hours=1)
    return Period(until - USUAL_LENGTH, until)
