"""A session under way: who is expected, who came, and what they need."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import httpx
import pytest

from domain.kernel.actors import Permission
from tests.http.desk import Desk, problem, seats
from tests.http.sales import confirmed, held

pytestmark = pytest.mark.anyio

UNTIL_IT_STARTS = timedelta(days=18, hours=21, minutes=30)
ADA = {"name": "Ada Lovelace", "email": "ada@example.com"}
INSULIN = {"category": "medical", "text": "Carries insulin", "confidential": True}
NUTS = {"category": "dietary", "text": "Allergic to nuts"}
VEGAN = {"category": "dietary", "text": "vegan"}


async def booked(desk: Desk, *attendees: Any) -> tuple[str, httpx.Response]:
    session = await desk.session(capacity=12)
    return session, await confirmed(desk, seats(session, *attendees))


async def recorded(
    desk: Desk, session: str, *marks: dict[str, Any], tag: str | None = None
) -> httpx.Response:
    """On the list as it is, or as it was with that tag."""
    address = f"/v1/resources/{session}/attendance"
    tag = tag or (await desk.get(address)).headers["ETag"]
    return await desk.send(
        "PUT",
        address,
        json={"marks": marks},
        headers={"If-Match": tag},
    )


def mark(booking: httpx.Response, number: int, presence: str, **more: Any) -> dict[str, Any]:
    return {"booking_id": booking.json()["id"], "number": number, "presence": presence, **more}


def door(session: str, booking: httpx.Response, number: int, step: str) -> str:
    return f"/v1/resources/{session}/attendance/{booking.json()['id']}/{number}/{step}"


async def state(desk: Desk, booking: httpx.Response) -> str:
    shown = await desk.get(f"/v1/bookings/{booking.json()['id']}")
    return str(shown.json()["state"])


async def test_everybody_who_is_expected_is_on_the_list(any_desk: Desk) -> None:
    session, booking = await booked(any_desk, ADA, "Bert Brecht")
    await held(any_desk, seats(session, "Only Held"))

    shown = await any_desk.get(f"/v1/resources/{session}/attendance")

    assert shown.headers["ETag"] == '"0"'
    first, second = shown.json()["people"]
    assert first == {
        "booking_id": booking.json()["id"],
        "number": 1,
        "reference": booking.json()["reference"],
        **ADA,
        "presence": None,
        "checked_in_at": None,
        "checked_out_at": None,
        "eligible_for_certificate": False,
    }
    assert (second["name"], second["number"]) == ("Bert Brecht", 2)
    assert shown.json()["attended_percent"] == 0


async def test_marks_are_kept_and_counted(any_desk: Desk) -> None:
    desk = any_desk
    session, booking = await booked(desk, "Ada", "Bert", "Carl", "Dora", "Emil")
    desk.clock.passes(UNTIL_IT_STARTS)
    presences = ("present", "late", "partial", "absent", "excused")

    marked = await recorded(
        desk, session, *(mark(booking, n, one) for n, one in enumerate(presences, 1)), tag='"0"'
    )
    again = await recorded(desk, session, mark(booking, 3, "partial", earned=True), tag='"1"')
    stale = await recorded(desk, session, mark(booking, 1, "absent"), tag='"1"')

    assert [one["presence"] for one in marked.json()["people"]] == list(presences)
    eligible = [one["eligible_for_certificate"] for one in marked.json()["people"]]
    assert eligible == [True, True, False, False, False]
    assert marked.json()["attended_percent"] == 75
    assert again.json()["people"][2]["eligible_for_certificate"]
    assert again.json() == (await desk.get(f"/v1/resources/{session}/attendance")).json()
    assert problem(stale) == (412, "version_changed")


async def test_whoever_is_there_begins_their_booking(any_desk: Desk) -> None:
    desk = any_desk
    session, booking = await booked(desk, "Ada", "Bert")

    early = await recorded(desk, session, mark(booking, 1, "present"))
    await recorded(desk, session, mark(booking, 2, "excused"))
    before = await state(desk, booking)
    desk.clock.passes(UNTIL_IT_STARTS)
    await recorded(desk, session, mark(booking, 1, "present"))

    assert problem(early) == (409, "not_started")
    assert (before, await state(desk, booking)) == ("confirmed", "in_progress")


async def test_people_check_in_and_out_at_the_door(any_desk: Desk) -> None:
    desk = any_desk
    session, booking = await booked(desk, "Ada", "Bert")
    too_early = await desk.post(door(session, booking, 2, "check-out"))
    desk.clock.passes(UNTIL_IT_STARTS)

    come = await desk.post(door(session, booking, 1, "check-in"), key="ada-comes")
    again = await desk.post(door(session, booking, 1, "check-in"))
    replayed = await desk.post(door(session, booking, 1, "check-in"), key="ada-comes")
    desk.clock.passes(timedelta(minutes=11))
    late = await desk.post(door(session, booking, 2, "check-in"))
    desk.clock.passes(timedelta(hours=6))
    gone = await desk.post(door(session, booking, 1, "check-out"))

    assert problem(too_early) == (409, "not_checked_in")
    assert come.json() == again.json() == replayed.json()
    assert come.json()["presence"] == "present"
    assert come.json()["checked_in_at"] == "2027-03-20T09:30:00Z"
    assert late.json()["presence"] == "late"
    assert gone.json()["checked_out_at"] == "2027-03-20T15:41:00Z"
    assert gone.json()["eligible_for_certificate"]
    assert await state(desk, booking) == "in_progress"
    shown = (await desk.get(f"/v1/resources/{session}/attendance")).json()
    assert (shown["attended_percent"], shown["version"]) == (100, 3)


async def test_nobody_is_marked_who_is_not_expected(desk: Desk) -> None:
    session, booking = await booked(desk, "Ada")
    elsewhere, _ = await booked(desk, "Bert")
    waiting = await held(desk, seats(session, "Carl"))
    desk.clock.passes(UNTIL_IT_STARTS - timedelta(days=18))

    for refused in (
        await recorded(desk, session, mark(booking, 2, "present")),
        await recorded(desk, elsewhere, mark(booking, 1, "absent")),
        await recorded(desk, session, mark(waiting, 1, "absent")),
        await desk.post(door(elsewhere, booking, 1, "check-in")),
        await desk.post(door(session, waiting, 1, "check-in")),
        await desk.post(door(session, booking, 2, "check-in")),
        await desk.post(door(session, booking, 2, "check-out")),
    ):
        assert problem(refused) == (404, "not_attending")
    twice = await recorded(desk, session, *[mark(booking, 1, "absent")] * 2)
    assert problem(twice) == (422, "marked_twice")
    missing = await desk.get(f"/v1/resources/{booking.json()['id']}/attendance")
    assert problem(missing) == (404, "resource_not_found")


async def test_a_spreadsheet_runs_nothing(any_desk: Desk) -> None:
    names = ["=HYPERLINK(1)", "+44", "-1+1", "@SUM(1)", 'Zoë "Z", Müller', "علی\u200cرضا"]
    session, booking = await booked(any_desk, *names)

    table = await any_desk.get(f"/v1/resources/{session}/attendance/export")

    assert table.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in table.headers["Content-Disposition"]
    head, *rows = csv.reader(StringIO(table.text))
    assert head[2] == "name"
    assert [row[2] for row in rows] == [f"'{name}" for name in names[:4]] + names[4:]
    assert {row[0] for row in rows} == {booking.json()["reference"]}


async def test_what_people_need_is_shown_to_those_who_may_see_it(any_desk: Desk) -> None:
    needy = {"name": "Bert Brecht", "special_requirements": [VEGAN, NUTS, INSULIN]}
    session, _ = await booked(any_desk, ADA, needy)
    address = f"/v1/resources/{session}/special-requirements"
    scopes = frozenset({Permission.READ_PARTICIPANTS})

    everything = (await any_desk.get(address)).json()
    less = (await (await any_desk.caller(scopes)).get(address)).json()
    nothing = await (await any_desk.caller(frozenset({Permission.READ_BOOKINGS}))).get(address)

    priorities = [one["priority"] for one in everything["items"]]
    assert priorities == ["critical", "high", "standard"]
    assert everything["items"][0]["text"] == "Carries insulin"
    assert (everything["withheld"], less["withheld"]) == (0, 1)
    assert less["items"] == everything["items"][1:]
    assert problem(nothing) == (403, "not_permitted")


async def test_long_lists_cost_no_more_statements(any_desk: Desk) -> None:
    desk, costs = any_desk, []
    session = await desk.session(capacity=50)
    desk.clock.passes(UNTIL_IT_STARTS - timedelta(hours=10))
    for number in (1, 2, 9):
        bookings = [
            await confirmed(desk, seats(session, f"Guest {number} {letter}"))
            for letter in "abcdefghi"[:number]
        ]
        with desk.statements() as seen:
            await desk.get(f"/v1/resources/{session}/attendance")
            await desk.get(f"/v1/resources/{session}/special-requirements")
            read = len(seen)
            await recorded(desk, session, *(mark(one, 1, "present") for one in bookings))
        costs.append((read, len(seen)))

    assert costs[1] == costs[2]
    assert costs[1][0] == 4
