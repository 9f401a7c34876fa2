"""Calls that come at random, and what a number of agents makes of them."""

from typing import ClassVar

import attrs

from domain.kernel.refusals import Invalid


@attrs.frozen
class BadTraffic(Invalid):
    code: ClassVar[str] = "bad_traffic"

    def __str__(self) -> str:
        return "calls an hour and agents are not negative, and a call keeps an agent for some time"


@attrs.frozen(kw_only=True)
class Traffic:
    """Calls an hour, and for how many seconds one keeps an agent: talk, hold and wrap-up."""

    calls_per_hour: float
    handling_seconds: float

    def __attrs_post_init__(self) -> None:
        if self.calls_per_hour < 0 or self.handling_seconds <= 0:
            raise BadTraffic

    @property
    def erlangs(self) -> float:
        """Agents who would be busy all the time if nobody ever waited."""
        return self.calls_per_hour * self.handling_seconds / 3600


@attrs.frozen(kw_only=True)
class Expectation:
    """What callers and agents may expect; shares lie between 0 and 1.

    `answered_in_time` and `abandoning` are shares of all who call, so that those who hang up
    count against the desk; `mean_wait_seconds` is the average speed of answer: of those who are
    answered. It is None where the queue grows without end, or where nobody is ever answered.
    """

    waiting: float
    answered_in_time: float
    abandoning: float
    occupancy: float
    mean_wait_seconds: float | None
