"""Bookings that do not say who booked to anybody without the key."""

import asyncio
from typing import Any
from uuid import UUID

import attrs
import pytest
from sqlalchemy import Connection, delete, insert, select

from adapters.schema.bookings import bookings
from adapters.schema.data_keys import data_keys
from entrypoints.wiring.sensitive import Sensitive
from tests.fakes.time import Time
from tests.http.desk import Desk, program, seats
from tests.http.keys import Keys
from tests.http.sales import confirmed
from tests.http.test_customers import (
    AFTERWARDS,
    ATTENDEE,
    CANARY,
    CONTACT,
    EMAIL,
    erase,
    traces,
)

pytestmark = pytest.mark.anyio


async def rows(desk: Desk, table: Any) -> list[dict[str, Any]]:
    def read(connection: Connection) -> list[dict[str, Any]]:
        return [dict(row) for row in connection.execute(select(table)).mappings()]

    return await desk.container.database().read(read, of=desk.actor.organization_id)


async def booked(desk: Desk) -> str:
    session = await desk.session(capacity=12)
    booking = await confirmed(desk, {**seats(session, ATTENDEE), "contact": CONTACT})
    return str(booking.json()["id"])


async def names(desk: Desk, id: str) -> list[str]:
    request = (await desk.get(f"/v1/bookings/{id}")).json()["agreement"]
    attendees = request["request"]["attendees"]
    return [request["contact"]["name"], *(one["name"] for one in attendees)]


async def test_only_who_has_the_key_sees_who_booked(sealed_desk: Desk) -> None:
    desk = sealed_desk
    id = await booked(desk)

    assert traces(str(await rows(desk, bookings))) == set()
    assert await names(desk, id) == ["Qanari Sousa", "Qanari Lovelace"]
    found = (await desk.post("/v1/bookings/search", EMAIL)).json()["items"]
    assert [one["id"] for one in found] == [id]
    shown = await desk.get(f"/v1/bookings/{id}")
    changed = await desk.send(
        "PATCH",
        f"/v1/bookings/{id}",
        json={"contact": {**CONTACT, "name": "Qanari Nova"}},
        headers={"If-Match": shown.headers["ETag"]},
    )
    assert changed.status_code == 200, changed.text
    assert await names(desk, id) == ["Qanari Nova", "Qanari Lovelace"]
    assert [one["id"] for one in await rows(desk, data_keys)].count(UUID(id)) == 1
    assert await desk.container.verification()() == []


async def test_what_was_sealed_for_one_booking_opens_in_no_other(sealed_desk: Desk) -> None:
    desk = sealed_desk
    one, other = await booked(desk), await booked(desk)

    def swap(connection: Connection) -> None:
        taken = connection.execute(select(bookings).where(bookings.c.id == UUID(one))).one()
        connection.execute(
            bookings.update().where(bookings.c.id == UUID(other)).values(agreement=taken.agreement)
        )

    await desk.container.database().write(swap, of=desk.actor.organization_id)

    assert (await desk.get(f"/v1/bookings/{other}")).status_code == 500
    assert (await desk.get(f"/v1/bookings/{one}")).status_code == 200


async def test_a_copy_of_before_says_nothing_of_whoever_was_forgotten(sealed_desk: Desk) -> None:
    desk = sealed_desk
    id = await booked(desk)
    copy = await rows(desk, bookings)
    desk.clock.now += AFTERWARDS
    assert (await erase(desk)).status_code == 200
    assert await rows(desk, data_keys) == []

    def restore(connection: Connection) -> None:
        connection.execute(delete(bookings))
        connection.execute(insert(bookings), copy)

    await desk.container.database().write(restore, of=desk.actor.organization_id)

    assert traces(str(await rows(desk, bookings))) == set()
    assert await names(desk, id) == ["Erased", "Erased 1"]


async def test_what_is_stored_already_is_sealed_afterwards(
    any_url: str, clock: Time, keys: Keys
) -> None:
    async with program(any_url, clock) as container:
        desk = await Desk.opened(container, clock)
        id = await booked(desk)
        assert CANARY in str(await rows(desk, bookings))
    async with program(any_url, clock, personal_keys=Sensitive(keys)) as container:
        later = attrs.evolve(desk, container=container, http=Desk.http_of(container))
        assert await names(later, id) == ["Qanari Sousa", "Qanari Lovelace"]
        resealing = container.customers.resealing()
        assert await resealing.seal(desk.actor.organization_id, limit=9) == 1
        assert await resealing.seal(desk.actor.organization_id, limit=9) == 0
        assert traces(str(await rows(later, bookings))) == set()
        assert await names(later, id) == ["Qanari Sousa", "Qanari Lovelace"]
        assert await container.verification()() == []


async def test_keys_change_while_bookings_are_made_and_read(sealed_desk: Desk, keys: Keys) -> None:
    desk, organization_id = sealed_desk, sealed_desk.actor.organization_id
    rooms = await desk.rooms(capacity=10_000)
    resealing = desk.container.customers.resealing()
    done = asyncio.Event()
    statuses: list[int] = []

    async def work() -> None:
        while not done.is_set():
            held = await desk.hold(rooms, contact=CONTACT)
            confirmed = await desk.step(held, "confirm")
            shown = await desk.get(f"/v1/bookings/{held.json()['id']}")
            assert shown.json()["agreement"]["contact"]["name"] == "Qanari Sousa"
            statuses.extend(one.status_code for one in (held, confirmed, shown))

    async def rotate() -> None:
        for _ in range(4):
            await asyncio.sleep(0.1)
            keys.renew()
            while await resealing.rewrap(organization_id, limit=5):
                pass
        done.set()

    await asyncio.gather(rotate(), work(), work())
    while await resealing.rewrap(organization_id, limit=100):
        pass
    keys.forget_old()

    assert set(statuses) == {201, 200}
    assert {one["wrapped"].split(".")[1] for one in await rows(desk, data_keys)} == {"5"}
    for one in await rows(desk, bookings):
        shown = await desk.get(f"/v1/bookings/{one['id']}")
        assert shown.json()["agreement"]["contact"]["name"] == "Qanari Sousa"


async def test_sealing_asks_nothing_more(any_url: str, clock: Time, keys: Keys) -> None:
    counted = list[int]()
    different: list[dict[str, Any]] = [{}, {"personal_keys": Sensitive(keys)}]
    for changes in different:
        async with program(any_url, clock, **changes) as container:
            desk = await Desk.opened(container, clock, f"desk-{len(counted)}")
            quote_id = await desk.quote(await desk.rooms())
            with desk.statements() as statements:
                held = await desk.post("/v1/holds", {"quote_id": quote_id})
            assert held.status_code == 201
            counted.append(len(statements))

    # On PostgreSQL the key goes along with the booking; SQLite has no trip to save.
    assert counted[1] - counted[0] == (1 if any_url.startswith("sqlite") else 0)
