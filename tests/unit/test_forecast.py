"""What the next week brings, from the weeks before."""

import pytest

from domain.analytics.forecast import TooLittleHistory, forecast


def test_an_interval_brings_what_it_mostly_brought() -> None:
    foretold = forecast([[10, 0, 4], [12, 0, 4], [11, 0, 400]])
    assert foretold.expected == (11.0, 0.0, 4.0)


def test_weeks_long_ago_are_forgotten() -> None:
    assert forecast([[900]] * 5 + [[10]] * 6).expected == (10.0,)


def test_errors_are_of_weeks_foretold_from_those_before() -> None:
    # The last week from the two before: 10 against 30 by their median, 30 - 0 as a week ago.
    foretold = forecast([[20], [0], [30]])
    assert foretold.error == pytest.approx(20 / 30)
    assert foretold.naive_error == pytest.approx(1.0)


def test_what_cannot_be_judged_has_no_error() -> None:
    assert forecast([[1], [1]]).error is None
    assert forecast([[1], [1], [0]]).error is None


def test_one_week_is_too_little() -> None:
    with pytest.raises(TooLittleHistory):
        forecast([[1, 2, 3]])
