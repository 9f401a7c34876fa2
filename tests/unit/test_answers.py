"""What follows from what servers answer."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from domain.documentation.answers import (
    LONGEST_REST,
    Meaning,
    Politeness,
    meaning_of,
    next_try,
    rest_until,
)
from tests.samples import NOW


def test_only_what_passes_is_tried_again() -> None:
    tried = {status for status in range(100, 600) if meaning_of(status) is Meaning.TRY_AGAIN}

    assert tried == {408, 425, 429, *range(500, 600)}


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (200, Meaning.PAGE),
        (204, Meaning.REFUSED),
        (301, Meaning.MOVED),
        (304, Meaning.UNCHANGED),
        (307, Meaning.MOVED),
        (403, Meaning.REFUSED),
        (404, Meaning.GONE),
        (410, Meaning.GONE),
    ],
)
def test_meanings(status: int, meaning: Meaning) -> None:
    assert meaning_of(status) is meaning


def test_tries_come_later_each_time_and_end() -> None:
    shortest = [next_try(attempts, lambda: 0.0) for attempts in range(1, 5)]
    longest = [next_try(attempts, lambda: 1.0) for attempts in range(1, 5)]

    assert shortest == [*(timedelta(seconds=seconds) for seconds in (0.5, 1, 2)), None]
    assert longest == [*(timedelta(seconds=seconds) for seconds in (1, 2, 4)), None]


def test_hosts_say_when_to_come_back_in_two_ways() -> None:
    later = NOW.replace(microsecond=0) + timedelta(minutes=2)

    assert rest_until("120", NOW) == NOW + timedelta(minutes=2)
    assert rest_until(format_datetime(later, usegmt=True), NOW) == later
    assert rest_until(f"{later:%A, %d-%b-%y %H:%M:%S} GMT", NOW) == later
    assert rest_until(f"{later:%a %b %d %H:%M:%S %Y}", NOW) == later
    assert rest_until("9" * 30, NOW) == NOW + LONGEST_REST
    assert rest_until("Fri, 31 Dec 9999 23:59:59 GMT", NOW) == NOW + LONGEST_REST


@pytest.mark.parametrize("said", [None, "", "soon", "-1", "1.5", "٣", "Fri, 31 Dec 1999 23:59:59"])
def test_what_is_no_time_is_passed_over(said: str | None) -> None:
    assert rest_until(said, NOW) is None


def test_the_slower_of_two_wishes_counts_within_reason() -> None:
    polite = Politeness(delay=1.0)

    assert [polite.between(asked) for asked in (None, 0.5, 5.0, 86_400.0)] == [1.0, 1.0, 5.0, 30.0]
