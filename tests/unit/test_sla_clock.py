"""The clock of an answer that was promised."""

from datetime import date, time, timedelta

import pytest

from domain.calls.business_hours import BusinessHours, Shift
from domain.calls.sla import ClockNotPaused, ClockNotRunning, ClockState, SlaClock, SlaPolicy
from domain.kernel.hours import Weekday
from domain.kernel.periods import Zone

LISBON = Zone("Europe/Lisbon")
MINUTE = timedelta(minutes=1)
POLICY = SlaPolicy(
    hours=BusinessHours(
        zone=LISBON, shifts=(Shift(days=tuple(Weekday), opens=time(9), closes=time(18)),)
    ),
    answer_within=10 * MINUTE,
    warn_at_percent=80,
)
NINE = LISBON.moment(date(2027, 3, 1), time(9))
EVENING = LISBON.moment(date(2027, 3, 1), time(17, 55))


def test_it_is_due_in_business_time() -> None:
    clock = SlaClock.start(POLICY, now=EVENING)

    assert clock.due_at == LISBON.moment(date(2027, 3, 2), time(9, 5))
    assert clock.warn_at == LISBON.moment(date(2027, 3, 2), time(9, 3))


def test_it_warns_once_and_is_then_due() -> None:
    clock = SlaClock.start(POLICY, now=NINE)

    assert not clock.is_to_be_warned_of(now=NINE + 8 * MINUTE - timedelta.resolution)
    assert clock.is_to_be_warned_of(now=NINE + 8 * MINUTE)
    assert not clock.warn().is_to_be_warned_of(now=NINE + 9 * MINUTE)
    assert (clock.next_at, clock.warn().next_at) == (NINE + 8 * MINUTE, NINE + 10 * MINUTE)
    assert clock.breach().next_at is None


@pytest.mark.parametrize(
    ("minutes", "state"),
    [(9, ClockState.MET), (10, ClockState.BREACHED), (99, ClockState.BREACHED)],
)
def test_an_answer_in_time_meets_it(minutes: int, state: ClockState) -> None:
    clock = SlaClock.start(POLICY, now=NINE)

    assert clock.answered(now=NINE + minutes * MINUTE).state is state


def test_a_late_answer_does_not_mend_what_was_breached() -> None:
    breached = SlaClock.start(POLICY, now=NINE).breach()

    assert breached.answered(now=NINE).state is ClockState.BREACHED
    assert breached.cancel().state is ClockState.BREACHED


def test_while_it_is_paused_nothing_is_due() -> None:
    clock = SlaClock.start(POLICY, now=NINE)
    paused = clock.pause(POLICY, now=NINE + 4 * MINUTE)
    resumed = paused.resume(POLICY, now=NINE + 60 * MINUTE)

    assert (paused.due_at, paused.warn_at, paused.next_at) == (None, None, None)
    assert resumed.due_at == NINE + 66 * MINUTE
    assert resumed.warn_at == NINE + 64 * MINUTE
    assert paused.answered(now=NINE + 60 * MINUTE).state is ClockState.MET
    with pytest.raises(ClockNotRunning):
        paused.pause(POLICY, now=NINE)
    with pytest.raises(ClockNotPaused):
        resumed.resume(POLICY, now=NINE)


def test_whoever_has_waited_too_long_may_be_away_for_a_moment() -> None:
    breached = SlaClock.start(POLICY, now=NINE).breach()

    paused = breached.pause(POLICY, now=NINE + 20 * MINUTE)
    resumed = paused.resume(POLICY, now=NINE + 30 * MINUTE)

    assert (paused.state, paused.next_at) == (ClockState.PAUSED, None)
    assert (resumed.state, resumed.next_at) == (ClockState.BREACHED, None)
    assert not resumed.is_overdue(now=NINE + 60 * MINUTE)
    for clock in (paused, resumed):
        assert clock.answered(now=NINE + 60 * MINUTE).state is ClockState.BREACHED
        assert clock.cancel().state is ClockState.BREACHED


def test_one_that_was_paused_late_warns_as_soon_as_it_goes_on() -> None:
    paused = SlaClock.start(POLICY, now=NINE).pause(POLICY, now=NINE + 9 * MINUTE)
    resumed = paused.resume(POLICY, now=NINE + 20 * MINUTE)

    assert resumed.warn_at == NINE + 20 * MINUTE
    assert resumed.due_at == NINE + 21 * MINUTE
