"""Trainers: who they are, what they may teach and when they can."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

import attrs

from domain.inventory.assets import AssetDetails, Need
from domain.kernel.hours import WeeklyHours
from domain.kernel.periods import Period, Zone
from domain.kernel.personal import personal


@attrs.frozen(kw_only=True)
class Qualification:
    """Good until the end of `expires_on`, or for ever."""

    name: str
    expires_on: date | None = None

    def is_good_on(self, day: date) -> bool:
        return self.expires_on is None or day <= self.expires_on


@attrs.frozen(kw_only=True)
class Trainer(AssetDetails):
    """Can teach in the weekly hours, which are those of `zone`, and at the times given singly.

    Whoever has neither can always teach; whatever is said, nobody can when `blocked`.
    """

    kind: ClassVar[str] = "trainer"

    name: str = attrs.field(repr=False, metadata=personal("to know who teaches"))
    email: str = attrs.field(repr=False, metadata=personal("to write to them"))
    zone: Zone
    qualifications: tuple[Qualification, ...] = ()
    specialisations: tuple[str, ...] = ()
    weekly: tuple[WeeklyHours, ...] = ()
    specific: tuple[Period, ...] = ()
    blocked: tuple[Period, ...] = ()

    def can_teach(self, period: Period) -> bool:
        if any(one.overlaps(period) for one in self.blocked):
            return False
        if not self.weekly and not self.specific:
            return True
        return self._is_asked_for(period)

    def is_qualified(self, name: str, day: date) -> bool:
        return any(one.name == name and one.is_good_on(day) for one in self.qualifications)

    def shortcomings(self, need: Need) -> Iterator[str]:
        if not self.can_teach(need.period):
            yield "unavailable"
        last_day = self.zone.date_at(need.period.ends_at)
        if not all(self.is_qualified(name, last_day) for name in need.qualifications):
            yield "not_qualified"

    def _is_asked_for(self, period: Period) -> bool:
        if any(one.covers(period) for one in self.specific):
            return True
        begins, ends = (self.zone.wall_time(at) for at in (period.starts_at, period.ends_at))
        on_one_day = begins.date() == ends.date()
        return on_one_day and any(begins in one and ends in one for one in self.weekly)
