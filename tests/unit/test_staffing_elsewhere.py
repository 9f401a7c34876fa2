"""Agents that calls need, as pyworkforce 0.5.1 (`ErlangC.required_positions`) has them too.

What it said is kept here, so that nobody needs it to run this.
"""

import pytest

from domain.analytics.staffing import StaffingTarget, staffing
from domain.analytics.traffic import Traffic

# Calls in so many minutes, minutes that each takes, seconds to answer in, shrinkage, share to be
# answered in time, largest occupancy; and what it said: agents, on the roster, answered in time,
# occupancy, probability of having to wait.
SAID = (
    (100, 30, 3, 20, 0.0, 0.8, 0.85, 14, 14, 0.888350019179467, 0.714285714285714, 0.17413193359),
    (100, 30, 3, 20, 0.3, 0.8, 0.85, 14, 20, 0.888350019179467, 0.714285714285714, 0.17413193359),
    (20, 60, 5, 20, 0.0, 0.8, 1.0, 4, 4, 0.912286899142045, 0.416666666666667, 0.10247581571),
    (250, 15, 4, 10, 0.0, 0.9, 0.9, 77, 77, 0.901499186825055, 0.865800865800866, 0.15150526234),
    (1000, 30, 2.5, 30, 0.25, 0.8, 0.95, 88, 118, 0.800031875769764, 0.94696969697, 0.50851326838),
    (5, 60, 10, 60, 0.0, 0.7, 0.8, 2, 2, 0.781891722797053, 0.416666666666667, 0.24509803922),
    (400, 30, 6, 20, 0.1, 0.95, 0.85, 95, 106, 0.970496109801269, 0.842105263158, 0.06788774003),
)


@pytest.mark.parametrize("said", SAID)
def test_what_calls_need_is_what_others_say(said: tuple[float, ...]) -> None:
    calls, minutes, takes, within, shrinkage, answered, occupancy, *expected = said

    planned = staffing(
        Traffic(calls_per_hour=calls * 60 / minutes, handling_seconds=takes * 60),
        StaffingTarget(
            answered=answered, within_seconds=within, occupancy=occupancy, shrinkage=shrinkage
        ),
    )

    found = planned.expected
    assert [
        planned.agents,
        planned.rostered,
        found.answered_in_time,
        found.occupancy,
        found.waiting,
    ] == pytest.approx(expected, abs=1e-10)
