"""How many agents an interval needs, on the line and on the roster."""

import math
from collections.abc import Callable
from typing import ClassVar

import attrs

from domain.analytics.erlang import of_patient_callers
from domain.analytics.impatience import of_impatient_callers
from domain.analytics.traffic import Expectation, Traffic
from domain.kernel.refusals import Invalid


@attrs.frozen
class BadTarget(Invalid):
    code: ClassVar[str] = "bad_staffing_target"
    field: ClassVar[str] = "target"

    def __str__(self) -> str:
        return (
            "a target is a share of calls above 0 and below 1, within seconds that are not "
            "negative, agents busy for a share above 0 and up to 1, and away for one below 1"
        )


@attrs.frozen(kw_only=True)
class StaffingTarget:
    """`answered` of all calls within `within_seconds`, agents busy for `occupancy` at most.

    `shrinkage` is the share of paid time in which agents are not there for calls: breaks,
    training, illness. Without `patience_seconds` nobody is thought to hang up (Erlang C), which
    asks for more agents than are needed; with it, callers lose patience after so long on average
    (Erlang A).
    """

    answered: float
    within_seconds: float
    occupancy: float = 1.0
    shrinkage: float = 0.0
    patience_seconds: float | None = None

    def __attrs_post_init__(self) -> None:
        sensible = (
            0 < self.answered < 1
            and self.within_seconds >= 0
            and 0 < self.occupancy <= 1
            and 0 <= self.shrinkage < 1
        )
        if not sensible:
            raise BadTarget

    def met_by(self, expected: Expectation) -> bool:
        return expected.answered_in_time >= self.answered and expected.occupancy <= self.occupancy


@attrs.frozen(kw_only=True)
class Staffing:
    """`agents` are there for calls; `rostered` are planned so that so many are."""

    agents: int
    rostered: int
    expected: Expectation


def staffing(traffic: Traffic, target: StaffingTarget) -> Staffing:
    """The fewest agents that meet the target; nobody where no call is expected.

    Raises BadPatience.
    """

    def expected(agents: int) -> Expectation:
        if target.patience_seconds is None:
            return of_patient_callers(traffic, agents=agents, within_seconds=target.within_seconds)
        return of_impatient_callers(
            traffic,
            agents=agents,
            within_seconds=target.within_seconds,
            patience_seconds=target.patience_seconds,
        )

    if traffic.erlangs == 0:
        return Staffing(agents=0, rostered=0, expected=expected(0))
    # Whoever is busy all the time answers one erlang.
    too_few = math.ceil(traffic.erlangs * target.answered) - 1
    agents = _fewest(lambda number: target.met_by(expected(number)), above=too_few)
    return Staffing(
        agents=agents,
        rostered=math.ceil(agents / (1 - target.shrinkage)),
        expected=expected(agents),
    )


def _fewest(enough: Callable[[int], bool], *, above: int) -> int:
    """Of numbers of which all are enough from some number on, `above` and below are not."""
    too_few, step = above, 1
    while not enough(above + step):
        too_few, step = above + step, 2 * step
    most = above + step
    while most - too_few > 1:
        middle = (too_few + most) // 2
        if enough(middle):
            most = middle
        else:
            too_few = middle
    return most
