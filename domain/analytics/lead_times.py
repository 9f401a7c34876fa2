"""How long before it begins something is booked."""

import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import overload

import attrs

from domain.analytics.figures import Figure, Unit, share
from domain.analytics.percentiles import percentile

BANDS = ((0, 0), (1, 3), (4, 7), (8, 14), (15, 30), (31, 60), (61, 90), (91, 180), (181, None))
"""In whole days, both ends included; the first takes in what is booked on the day or later."""


@attrs.frozen
class Repeated(Sequence[float]):
    """Values in order, each as often as it is there, without being written out."""

    values: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, counts: Mapping[int, int]) -> "Repeated":
        values = tuple(sorted(counts))
        return cls(values, tuple(accumulate(counts[value] for value in values)))

    def __len__(self) -> int:
        return self.ends[-1] if self.ends else 0

    @overload
    def __getitem__(self, place: int) -> float: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[float]: ...
    def __getitem__(self, place: int | slice) -> float | Sequence[float]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        return self.values[bisect.bisect_right(self.ends, place)]


@attrs.frozen
class LeadTimes:
    """How many bookings were made so many local dates ahead."""

    counts: Mapping[int, int]

    @property
    def bookings(self) -> int:
        return sum(self.counts.values())

    @property
    def days(self) -> int:
        return sum(days * bookings for days, bookings in self.counts.items())

    def at(self, part: float) -> float | None:
        return percentile(Repeated.of(self.counts), part)

    def between(self, first: int, last: int | None) -> int:
        return sum(
            bookings
            for days, bookings in self.counts.items()
            if max(0, days) >= first and (last is None or max(0, days) <= last)
        )


def _days(name: str, formula: str, part: float) -> Figure[LeadTimes]:
    return Figure(
        name=name,
        unit=Unit.DAYS,
        formula=formula,
        source=STANDING,
        of=lambda times: times.at(part),
    )


STANDING = "standing bookings, local dates from booking to the first day"
METHOD = "between two values in proportion (Hyndman and Fan, method 7)"

LEAD_TIME_FIGURES = (
    Figure[LeadTimes](
        name="average_lead_time",
        unit=Unit.DAYS,
        formula="local dates from booking to the first day, summed over standing / standing",
        source=STANDING,
        of=lambda times: share(times.days, times.bookings),
    ),
    _days("lead_time_p25", f"a quarter is below; {METHOD}", 0.25),
    _days("lead_time_median", f"half is below; {METHOD}", 0.5),
    _days("lead_time_p75", f"three quarters are below; {METHOD}", 0.75),
    _days("lead_time_p90", f"nine tenths are below; {METHOD}", 0.9),
)
