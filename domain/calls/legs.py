"""Who was on the line and when; holding is a matter of the line, not of how far the call is."""

from datetime import datetime, timedelta
from enum import Enum

import attrs

from domain.calls.facts import Heard
from domain.calls.status import CallStatus


class Kind(Enum):
    """How a call is handed on: `warm` is with a word before."""

    COLD = "cold"
    WARM = "warm"


@attrs.frozen(kw_only=True)
class Interval:
    since: datetime
    until: datetime | None = None

    def lasted(self, until: datetime | None) -> timedelta:
        """Cut off at `until`, when the line went down."""
        end = self.until or until or self.since
        if until is not None:
            end = min(end, until)
        return max(timedelta(), end - self.since)


@attrs.frozen(kw_only=True)
class Leg:
    """One more line of the call: to whom it is handed on, or who listens in."""

    name: str
    status: CallStatus
    joined_at: datetime | None = None
    left_at: datetime | None = None

    @classmethod
    def new(cls, name: str) -> "Leg":
        return cls(name=name, status=CallStatus.SCHEDULED)

    def hear(self, fact: Heard) -> "Leg":
        """In any order."""
        if fact.status is None:
            return self
        further = fact.status if fact.status.rank > self.status.rank else self.status
        joined = earlier(
            self.joined_at, fact.at if fact.status is CallStatus.IN_PROGRESS else None
        )
        left = later(self.left_at, fact.at if fact.status.is_over else None)
        return attrs.evolve(self, status=further, joined_at=joined, left_at=left)


def heard_by(legs: tuple[Leg, ...], name: str, fact: Heard) -> tuple[Leg, ...]:
    """In the order of their names, so that the order of delivery leaves no trace."""
    by_name = {leg.name: leg for leg in legs}
    by_name[name] = by_name.get(name, Leg.new(name)).hear(fact)
    return tuple(by_name[each] for each in sorted(by_name))


def earlier(known: datetime | None, said: datetime | None) -> datetime | None:
    return min(filter(None, (known, said)), default=None)


def later(known: datetime | None, said: datetime | None) -> datetime | None:
    return max(filter(None, (known, said)), default=None)
