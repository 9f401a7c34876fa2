"""Who takes part in a session, over HTTP."""

from typing import Any

import pytest

from tests.http.desk import SESSION, Desk, problem, seats
from tests.http.sales import held, on_sale

pytestmark = pytest.mark.anyio

NEEDS = {"category": "medical", "text": "Carries insulin", "confidential": True}


async def course(desk: Desk, **about: Any) -> str:
    session = {**SESSION, "offering": {**SESSION["offering"], **about}}
    return await on_sale(desk, session, {"capacity": 12})


async def test_a_person_is_shown_as_they_were_named(any_desk: Desk) -> None:
    person = {
        "name": "Nguye\u0302\u0303n Va\u0306n A",
        "email": "A@Example.com",
        "born_on": "2004-02-29",
        "special_requirements": [NEEDS, {"category": "dietary", "text": "vegan"}],
    }

    booked = await held(
        any_desk, seats(await course(any_desk), person, "علی\u200cرضا", "Ana Sousa")
    )

    first, second, _ = booked.json()["agreement"]["request"]["attendees"]
    assert first == {
        "name": "Nguyễn Văn A",
        "email": "a@example.com",
        "born_on": "2004-02-29",
        "prerequisites_met": False,
        "special_requirements": [
            {
                "category": "medical",
                "priority": "critical",
                "confidential": True,
                "text": None,
            },
            {
                "category": "dietary",
                "priority": "standard",
                "confidential": False,
                "text": "vegan",
            },
        ],
    }
    assert second["name"] == "علی\u200cرضا"


async def test_a_session_says_for_whom_it_is(any_desk: Desk) -> None:
    about = {
        "course": "Paediatric first aid",
        "category": "first aid",
        "language": "en",
        "level": "B1",
        "minimum_age": 16,
        "prerequisites": ["First aid at work"],
        "minimum_participants": 4,
        "instructor_email": "tutor@example.com",
    }

    shown = await any_desk.get(f"/v1/resources/{await course(any_desk, **about)}")

    assert shown.json()["offering"].items() >= about.items()


@pytest.mark.parametrize(
    ("attendee", "code"),
    [
        ("Ana Sousa", "birth_date_needed"),
        ({"name": "Ana Sousa", "born_on": "2011-03-21"}, "too_young"),
        ({"name": "Ana Sousa", "born_on": "2027-03-02"}, "not_born_yet"),
        ({"name": "Ana Sousa", "born_on": "2011-03-20"}, "prerequisites_not_met"),
        ({"name": "Ana Sousa", "email": "me"}, "malformed_request"),
        ({"name": "Ana Sousa", "email": "a@b"}, "bad_attendee_email"),
        (
            {"name": "Ana", "special_requirements": [{"category": "other", "text": " "}]},
            "bad_special_requirement",
        ),
        ({"name": "Ana Sousa", "nickname": "Annie"}, "malformed_request"),
        ({"name": "<"}, "malformed_request"),
        (7, "malformed_request"),
    ],
)
async def test_not_everybody_may_come(desk: Desk, attendee: Any, code: str) -> None:
    session = await course(desk, minimum_age=16, prerequisites=["First aid at work"])

    refused = await desk.post("/v1/quotes", seats(session, attendee))

    assert problem(refused) == (400 if code == "malformed_request" else 422, code)
    assert refused.json()["errors"][0]["pointer"].startswith("#/attendees")


async def test_nobody_is_booked_twice(any_desk: Desk) -> None:
    session = await any_desk.session(capacity=5)
    await held(any_desk, seats(session, "Ana Sousa"))

    refused = await held(any_desk, seats(session, "Rui Costa", "ana  SOUSA"))
    await any_desk.relay()

    assert problem(refused) == (409, "already_booked")
    assert refused.json()["numbers"] == [2]
    names = [one["name"] for one in (await any_desk.get("/v1/events")).json()["items"]]
    assert names[-1] == "duplicate_booking_tried"


async def test_markup_in_names_is_text(any_desk: Desk) -> None:
    names = ["<script>alert(1)</script>", "Robert'); DROP TABLE bookings;--"]

    booked = await held(any_desk, seats(await course(any_desk), *names))
    shown = await any_desk.get(booked.headers["Location"])

    attendees = shown.json()["agreement"]["request"]["attendees"]
    assert [one["name"] for one in attendees] == names
