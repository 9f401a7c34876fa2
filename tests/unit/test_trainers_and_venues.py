"""When trainers can teach, what they may, and where people fit in."""

from datetime import date, datetime, time, timezone

import attrs
import pytest

from domain.inventory.assets import Need
from domain.inventory.trainers import Qualification, Trainer
from domain.inventory.venues import BadCoordinates, Coordinates, Venue
from domain.kernel.hours import Weekday, WeeklyHours
from domain.kernel.periods import Period
from tests.samples import LONDON

GRACE = Trainer(name="Grace Hopper", email="grace@example.com", zone=LONDON)
MONDAYS = attrs.evolve(
    GRACE, weekly=(WeeklyHours(days=(Weekday.MONDAY,), opens=time(9), closes=time(17)),)
)


def on(day: int, first: int, until: int, *, month: int = 3, last: int | None = None) -> Period:
    """Hours in UTC. The 29th of March 2027 is a Monday in summer time, the 22nd is not."""
    return Period(
        datetime(2027, month, day, first, tzinfo=timezone.utc),
        datetime(2027, month, last or day, until, tzinfo=timezone.utc),
    )


@pytest.mark.parametrize(
    ("period", "can"),
    [
        (on(22, 9, 17), True),
        (on(22, 8, 17), False),
        (on(22, 9, 18), False),
        (on(23, 9, 17), False),
        (on(29, 8, 16), True),
        (on(29, 9, 17), False),
        (on(22, 9, 17, last=29), False),
    ],
)
def test_weekly_hours_are_those_of_the_wall(period: Period, *, can: bool) -> None:
    assert MONDAYS.can_teach(period) is can


def test_whoever_says_nothing_can_always_teach() -> None:
    assert GRACE.can_teach(on(1, 0, 23))


def test_times_given_singly_come_on_top_and_blocked_ones_go_off() -> None:
    trainer = attrs.evolve(MONDAYS, specific=(on(23, 9, 12),), blocked=(on(22, 12, 13),))

    assert trainer.can_teach(on(23, 9, 12))
    assert not trainer.can_teach(on(23, 9, 13))
    assert trainer.can_teach(on(22, 9, 12))
    assert not trainer.can_teach(on(22, 9, 14))
    assert not attrs.evolve(GRACE, blocked=(on(22, 12, 13),)).can_teach(on(22, 9, 14))


def test_a_qualification_is_good_through_its_last_day() -> None:
    trainer = attrs.evolve(
        GRACE,
        qualifications=(
            Qualification(name="First aid", expires_on=date(2027, 3, 22)),
            Qualification(name="Fire safety"),
        ),
    )

    def shortcomings(day: int, *names: str) -> list[str]:
        need = Need(period=on(day, 9, 10), people=0, qualifications=names)
        return list(trainer.shortcomings(need))

    assert shortcomings(22, "First aid", "Fire safety") == []
    assert shortcomings(23, "First aid") == ["not_qualified"]
    assert shortcomings(23, "Fire safety") == shortcomings(23) == []
    assert shortcomings(22, "Diving") == ["not_qualified"]


def test_people_have_to_fit_in() -> None:
    venue = Venue(name="Leeds", address="12 High Street", zone=LONDON, capacity=12)

    assert list(venue.shortcomings(Need(period=on(1, 9, 10), people=12))) == []
    assert list(venue.shortcomings(Need(period=on(1, 9, 10), people=13))) == ["too_small"]


def test_coordinates_are_on_earth() -> None:
    for latitude, longitude in ((91, 0), (-91, 0), (0, 181), (0, -181), (float("nan"), 0)):
        with pytest.raises(BadCoordinates):
            Coordinates(latitude=latitude, longitude=longitude)


def test_names_are_not_printed() -> None:
    assert "Grace" not in repr(GRACE)
    assert "grace@" not in repr(GRACE)
