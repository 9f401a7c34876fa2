"""Who takes part: of what age, with which certificates, and only once."""

from datetime import date, datetime, timezone

import attrs
import pytest

from domain.bookings.attendees import (
    Attendee,
    BadAttendeeEmail,
    BirthDateNeeded,
    NotBornYet,
    PrerequisitesNotMet,
    TooYoung,
)
from domain.bookings.training import (
    BadAttendees,
    BadCourse,
    BadInstructorEmail,
    CourseSession,
    TrainingBookingRequest,
)
from domain.kernel.claims import ExclusiveClaim
from domain.kernel.periods import Period, Zone
from tests.samples import BERT, FIRST_AID, HOUR, LONDON, NOW, seats_for, training

LATE = datetime(2027, 2, 28, 23, 30, tzinfo=timezone.utc)
SESSION = CourseSession(period=Period(LATE, LATE + HOUR))


def places(request: TrainingBookingRequest) -> tuple[ExclusiveClaim, ...]:
    return request.demand(SESSION, LONDON, now=NOW).exclusives


def born(*dates: date | None) -> TrainingBookingRequest:
    return seats_for(
        *(Attendee(name=f"Guest {n}", born_on=born_on) for n, born_on in enumerate(dates))
    )


@pytest.mark.parametrize(
    ("born_on", "zone", "old_enough"),
    [
        (date(2011, 2, 28), "Europe/London", True),
        (date(2011, 3, 1), "Europe/London", False),
        (date(2011, 3, 1), "Europe/Athens", True),  # where it is the next day already
        (date(2008, 2, 29), "Europe/London", True),
        (date(1900, 1, 1), "Europe/London", True),
    ],
)
def test_the_age_on_the_day_is_what_counts(born_on: date, zone: str, *, old_enough: bool) -> None:
    grown_up = attrs.evolve(SESSION, minimum_age=16)
    if old_enough:
        assert born(born_on).demand(grown_up, Zone(zone), now=NOW).claims
        return
    with pytest.raises(TooYoung, match="16 at least") as refused:
        born(date(1990, 1, 1), born_on).demand(grown_up, Zone(zone), now=NOW)

    assert refused.value.numbers == (2,)


def test_whoever_is_born_on_a_leap_day_is_older_on_the_first_of_march() -> None:
    leapling = born(date(2008, 2, 29))
    of_nineteen = attrs.evolve(SESSION, minimum_age=19)

    with pytest.raises(TooYoung):
        leapling.demand(of_nineteen, LONDON, now=NOW)
    assert leapling.demand(of_nineteen, Zone("Europe/Athens"), now=NOW).claims


def test_where_age_matters_it_has_to_be_known() -> None:
    with pytest.raises(BirthDateNeeded) as refused:
        born(None, date(1990, 1, 1), None).demand(
            attrs.evolve(SESSION, minimum_age=16), LONDON, now=NOW
        )

    assert refused.value.numbers == (1, 3)
    assert refused.value.field == "attendees"
    assert born(None).demand(SESSION, LONDON, now=NOW).claims


def test_nobody_comes_before_they_are_born() -> None:
    with pytest.raises(NotBornYet) as refused:
        born(date(2026, 11, 20), date(2026, 11, 21)).demand(SESSION, LONDON, now=NOW)

    assert refused.value.numbers == (2,)


def test_everybody_meets_the_prerequisites() -> None:
    advanced = attrs.evolve(SESSION, prerequisites=("First aid at work",))
    ready = Attendee(name="Ada Lovelace", prerequisites_met=True)

    assert seats_for(ready).demand(advanced, LONDON, now=NOW).claims
    with pytest.raises(PrerequisitesNotMet) as refused:
        seats_for(ready, Attendee(name="Bert Brecht")).demand(advanced, LONDON, now=NOW)
    assert refused.value.numbers == (2,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Attendee(name="Ada", email="ada@example.com"),
            Attendee(name="A. L.", email="ADA@example.com"),
        ),
        (Attendee(name="Ada"), Attendee(name="ADA ")),
        (Attendee(name="Groß"), Attendee(name="GROSS")),
        (Attendee(name="Zoe\u0308"), Attendee(name="Zoë")),
    ],
)
def test_a_person_is_the_same_however_they_are_written(one: Attendee, other: Attendee) -> None:
    assert places(seats_for(one)) == places(seats_for(other))


def test_persons_are_told_apart() -> None:
    somebody = training("Ada Lovelace")
    same_name = attrs.evolve(somebody, contact=BERT)
    with_address = seats_for(Attendee(name="Ada Lovelace", email="ada@home.example"))

    assert len({places(one) for one in (somebody, same_name, with_address)}) == 3


def test_a_place_says_nothing_about_whose_it_is() -> None:
    [place] = places(seats_for(Attendee(name="Ada Lovelace", email="ada@example.com")))

    assert place.what == "attendee"
    assert place.resource_id == FIRST_AID.id
    assert len(place.name) == 32
    assert set(place.name) <= set("0123456789abcdef")


def test_nobody_takes_two_seats_under_two_names() -> None:
    with pytest.raises(BadAttendees):
        places(
            seats_for(
                Attendee(name="Ada", email="ada@example.com"),
                Attendee(name="Countess", email="ada@example.com"),
            )
        )


def test_addresses_of_attendees_are_addresses() -> None:
    with pytest.raises(BadAttendeeEmail, match="attendee"):
        Attendee(name="Ada Lovelace", email="nowhere")


def test_attendees_stay_out_of_logs() -> None:
    somebody = Attendee(name="Ada Lovelace", email="ada@example.com", born_on=date(1815, 12, 10))

    assert not {"Ada", "ada@", "1815"} & set(repr(somebody).replace("'", " ").split())
    assert "Ada" not in repr(somebody)
    assert "1815" not in repr(somebody)


def test_a_session_is_found_by_what_it_teaches() -> None:
    taught = attrs.evolve(SESSION, course="First aid", language="en")

    assert taught.facets == {"course": "First aid", "language": "en"}
    assert SESSION.facets == {}


def test_courses_make_sense() -> None:
    with pytest.raises(BadCourse, match="one participant"):
        attrs.evolve(SESSION, minimum_age=-1)
    with pytest.raises(BadCourse):
        attrs.evolve(SESSION, minimum_participants=0)


def test_instructors_can_be_written_to() -> None:
    assert attrs.evolve(SESSION, instructor_email=" I@Example.com ").instructor_email == (
        "i@example.com"
    )
    with pytest.raises(BadInstructorEmail, match="instructor"):
        attrs.evolve(SESSION, instructor_email="me")
