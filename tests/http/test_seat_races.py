"""Passengers of many bookings who want the same seats at the same time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from sqlalchemy import event

from tests.contract.crowds import at_the_doors, race
from tests.http.desk import CONTACT, Desk
from tests.http.sales import confirmed
from tests.http.test_flights import flight, fly, seats_of, segment

pytestmark = pytest.mark.anyio

ROUNDS = 8
SEATS = [f"{row}{letter}" for row in (10, 11, 12) for letter in "ABC"]


@pytest.fixture
async def crowded(any_desk: Desk) -> Desk:
    await at_the_doors(any_desk.container.database())
    return any_desk


@contextmanager
def deadlocks(desk: Desk) -> Iterator[list[str]]:
    """What PostgreSQL had to end because everybody waited for somebody."""
    seen: list[str] = []

    def note(context: Any) -> None:
        if getattr(context.original_exception, "sqlstate", None) == "40P01":
            seen.append(str(context.original_exception))

    engine = desk.container.database().engine
    event.listen(engine, "handle_error", note)
    try:
        yield seen
    finally:
        event.remove(engine, "handle_error", note)


async def aboard(desk: Desk, *parties: Sequence[str]) -> list[Any]:
    """A booking for each party, in these seats."""
    resource_id = await fly(desk, flight(), economy=9)
    booked = []
    for number, party in enumerate(parties):
        people = [{"name": f"Ana {number} {seat}", "seat": seat} for seat in party]
        contact = {**CONTACT, "email": f"ana{number}@example.com"}
        booked.append(await confirmed(desk, segment(resource_id, *people) | {"contact": contact}))
    assert [one.status_code for one in booked] == [200] * len(parties)
    return booked


async def choose(desk: Desk, booking: Any, *seats: str) -> Any:
    return await desk.step(booking, "seats", json={"seats": seats})


async def at_once(desk: Desk, wishes: Sequence[tuple[Any, Sequence[str]]]) -> Counter[str]:
    answers: list[Any] = await race([choose(desk, one, *seats) for one, seats in wishes])
    return Counter("" if one.status_code == 200 else one.json()["code"] for one in answers)


async def now(desk: Desk, bookings: Sequence[Any]) -> list[Any]:
    return [await desk.get(f"/v1/bookings/{one.json()['id']}") for one in bookings]


def seats_in(bookings: Sequence[Any]) -> list[str]:
    return [passenger["seat"] for one in bookings for passenger in seats_of(one)]


async def test_nobody_gets_a_seat_that_its_owner_is_about_to_give_up(crowded: Desk) -> None:
    bookings = await aboard(crowded, ["10A", "10B"], ["11A", "11B"])
    with deadlocks(crowded) as stuck:
        for _ in range(ROUNDS):
            wishes = [(bookings[0], ("11B", "11A")), (bookings[1], ("10A", "10B"))]
            assert await at_once(crowded, wishes) == {"already_taken": 2}

    assert not stuck
    assert seats_in(await now(crowded, bookings)) == ["10A", "10B", "11A", "11B"]


async def test_one_of_many_gets_the_seat_all_want(crowded: Desk) -> None:
    bookings = await aboard(crowded, *([seat] for seat in SEATS[:6]))
    for wanted in SEATS[6:]:
        outcomes = await at_once(crowded, [(one, (wanted,)) for one in bookings])
        assert outcomes == {"": 1, "already_taken": 5}
        bookings = await now(crowded, bookings)
        assert seats_in(bookings).count(wanted) == 1


async def test_seats_change_hands_at_random_and_never_are_anybody_elses(crowded: Desk) -> None:
    bookings = await aboard(crowded, ["10A", "10B"], ["10C", "11A"], ["11B"], ["11C"])
    chance, outcomes = Random(7), Counter[str]()
    with deadlocks(crowded) as stuck:
        for _ in range(ROUNDS):
            wishes = [(one, chance.sample(SEATS, len(seats_of(one)))) for one in bookings]
            outcomes += await at_once(crowded, wishes)
            bookings = await now(crowded, bookings)
            taken = seats_in(bookings)
            assert len(set(taken)) == len(taken) == 6

    assert not stuck
    assert set(outcomes) == {"", "already_taken"}
    await crowded.relay()
    checks = {finding.check for finding in await crowded.container.verification()()}
    assert checks <= {"jobs_are_handed_over"}  # nobody works here
