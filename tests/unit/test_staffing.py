"""Waiting for an agent against published figures, against a simulation and against itself."""

import heapq
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.analytics.erlang import (
    blocking_probability,
    of_patient_callers,
    waiting_probability,
)
from domain.analytics.impatience import BadPatience, of_impatient_callers
from domain.analytics.staffing import BadTarget, StaffingTarget, staffing
from domain.analytics.traffic import BadTraffic, Expectation, Traffic

# 100 calls in half an hour, three minutes each.
TEN_ERLANGS = Traffic(calls_per_hour=200, handling_seconds=180)
# O. Garnett, A. Mandelbaum, M. Reiman, "Designing a call center with impatient customers" (2002).
GARNETT = Traffic(calls_per_hour=48 * 60, handling_seconds=60)


@pytest.mark.parametrize(
    ("erlangs", "agents", "blocked"),
    [(1.0, 1, 0.5), (2.0, 3, 4 / 19), (10.0, 10, 0.2146), (3.0, 6, 0.0522), (100.0, 100, 0.0757)],
)
def test_loss_formula_as_in_published_tables(erlangs: float, agents: int, blocked: float) -> None:
    assert blocking_probability(erlangs, agents) == pytest.approx(blocked, abs=5e-5)


@pytest.mark.parametrize(
    ("erlangs", "agents", "waiting"),
    [(1.0, 2, 1 / 3), (2.0, 3, 4 / 9), (5.0, 6, 0.5875), (10.0, 14, 0.1741), (8.0, 8, 1.0)],
)
def test_delay_formula_as_in_published_tables(erlangs: float, agents: int, waiting: float) -> None:
    assert waiting_probability(erlangs, agents) == pytest.approx(waiting, abs=5e-5)


def test_loads_no_factorial_could_bear() -> None:
    expected = of_patient_callers(
        Traffic(calls_per_hour=1_000_000, handling_seconds=300), agents=84_000, within_seconds=20
    )
    assert 0 < expected.waiting < 1
    assert expected.mean_wait_seconds is not None


def test_fewest_agents_for_eighty_in_twenty() -> None:
    planned = staffing(
        TEN_ERLANGS,
        StaffingTarget(answered=0.8, within_seconds=20, occupancy=0.85, shrinkage=0.3),
    )
    assert (planned.agents, planned.rostered) == (14, 20)
    assert planned.expected.answered_in_time == pytest.approx(0.8883500191794669)
    assert planned.expected.occupancy == pytest.approx(10 / 14)
    assert planned.expected.mean_wait_seconds == pytest.approx(7.84, abs=0.01)


def test_agents_must_not_be_busier_than_allowed() -> None:
    target = StaffingTarget(answered=0.8, within_seconds=20, occupancy=0.6)
    assert staffing(TEN_ERLANGS, target).agents == 17


def test_no_calls_need_nobody() -> None:
    nothing = Traffic(calls_per_hour=0, handling_seconds=180)
    planned = staffing(nothing, StaffingTarget(answered=0.8, within_seconds=20))
    assert (planned.agents, planned.rostered) == (0, 0)


def test_too_few_agents_never_catch_up() -> None:
    expected = of_patient_callers(TEN_ERLANGS, agents=10, within_seconds=20)
    assert (expected.waiting, expected.answered_in_time) == (1.0, 0.0)
    assert expected.mean_wait_seconds is None


def test_impatience_as_published() -> None:
    patient = of_patient_callers(GARNETT, agents=50, within_seconds=20)
    assert patient.mean_wait_seconds == pytest.approx(20.8, abs=0.05)
    assert patient.occupancy == pytest.approx(0.96)
    impatient = _of_impatient(GARNETT, agents=50)
    assert impatient.abandoning == pytest.approx(0.031, abs=0.0005)
    assert impatient.occupancy == pytest.approx(0.93, abs=0.001)
    # Of all who call, those who hang up among them: 3.7 s.
    assert impatient.abandoning * 120 == pytest.approx(3.7, abs=0.05)


@given(
    erlangs=st.floats(min_value=0.1, max_value=60),
    agents=st.integers(min_value=1, max_value=60),
    patience=st.floats(min_value=10, max_value=1800),
)
def test_callers_are_answered_at_once_or_later_or_hang_up(
    erlangs: float, agents: int, patience: float
) -> None:
    traffic = Traffic(calls_per_hour=erlangs * 20, handling_seconds=180)
    ever = of_impatient_callers(
        traffic, agents=agents, within_seconds=1e9, patience_seconds=patience
    )
    assert ever.answered_in_time + ever.abandoning == pytest.approx(1, abs=1e-6)
    assert 0 <= ever.occupancy <= 1 + 1e-9
    soon = of_impatient_callers(
        traffic, agents=agents, within_seconds=0, patience_seconds=patience
    )
    assert soon.answered_in_time == pytest.approx(1 - ever.waiting, abs=1e-6)


def test_patience_without_end_is_erlangs_own_queue() -> None:
    patient = of_patient_callers(TEN_ERLANGS, agents=13, within_seconds=20)
    nearly = of_impatient_callers(
        TEN_ERLANGS, agents=13, within_seconds=20, patience_seconds=10_000_000
    )
    assert nearly.answered_in_time == pytest.approx(patient.answered_in_time, abs=1e-4)
    assert nearly.mean_wait_seconds == pytest.approx(patient.mean_wait_seconds, rel=1e-3)


def test_impatience_needs_fewer_agents() -> None:
    patient = StaffingTarget(answered=0.8, within_seconds=20)
    impatient = StaffingTarget(answered=0.8, within_seconds=20, patience_seconds=120)
    assert staffing(GARNETT, impatient).agents < staffing(GARNETT, patient).agents


def test_impatience_as_simulated() -> None:
    expected = _of_impatient(GARNETT, agents=46)
    answered, in_time, waits = _simulated(GARNETT, agents=46, callers=60_000)
    assert answered == pytest.approx(1 - expected.abandoning, abs=0.01)
    assert in_time == pytest.approx(expected.answered_in_time, abs=0.02)
    assert waits == pytest.approx(expected.mean_wait_seconds, rel=0.06)


def test_nobody_there_answers_nobody() -> None:
    expected = _of_impatient(GARNETT, agents=0)
    assert (expected.abandoning, expected.mean_wait_seconds) == (1.0, None)


def test_more_agents_than_could_ever_be_busy() -> None:
    assert _of_impatient(Traffic(calls_per_hour=1, handling_seconds=60), agents=500).waiting == 0


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(BadTraffic):
        Traffic(calls_per_hour=-1, handling_seconds=60)
    with pytest.raises(BadTraffic):
        Traffic(calls_per_hour=1, handling_seconds=0)
    with pytest.raises(BadTraffic):
        of_patient_callers(GARNETT, agents=-1, within_seconds=20)
    with pytest.raises(BadTraffic):
        _of_impatient(GARNETT, agents=-1)
    with pytest.raises(BadPatience):
        of_impatient_callers(GARNETT, agents=50, within_seconds=20, patience_seconds=0)
    with pytest.raises(BadTarget):
        StaffingTarget(answered=1, within_seconds=20)


def _of_impatient(traffic: Traffic, *, agents: int) -> Expectation:
    return of_impatient_callers(traffic, agents=agents, within_seconds=20, patience_seconds=120)


def _simulated(traffic: Traffic, *, agents: int, callers: int) -> tuple[float, float, float]:
    """Shares answered at all and within 20 seconds, mean wait of who is; patience is 120 s."""
    chance = random.Random(7)
    free_at = [0.0] * agents
    now = 0.0
    waits = []
    for _ in range(callers):
        now += chance.expovariate(traffic.calls_per_hour / 3600)
        answered_at = max(now, free_at[0])
        if answered_at - now < chance.expovariate(1 / 120):
            handled = chance.expovariate(1 / traffic.handling_seconds)
            heapq.heapreplace(free_at, answered_at + handled)
            waits.append(answered_at - now)
    in_time = sum(wait <= 20 for wait in waits)
    return len(waits) / callers, in_time / callers, sum(waits) / len(waits)
