"""Customers who ask what is kept on them, and to be forgotten."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection, select

from adapters.schema.metadata import metadata
from domain.kernel.actors import Permission
from tests.http.desk import EVERYTHING, Desk, problem, seats, stay
from tests.http.known_calls import known_caller
from tests.http.sales import confirmed, held

pytestmark = pytest.mark.anyio

CANARY = "Qanari"
CONTACT: dict[str, Any] = {
    "name": "Qanari Sousa",
    "email": "qanari@example.com",
    "phone": "+442079460958",
    "postcode": "SW1A 1AA",
    "country": "GB",
}
PHONE, POSTCODE = "442079460958", "SW1A 1AA"
ATTENDEE: dict[str, Any] = {
    "name": "Qanari Lovelace",
    "email": "qanari.lovelace@example.com",
    "born_on": "1815-12-10",
    "special_requirements": [
        {"category": "medical", "text": "Qanari carries insulin", "confidential": True}
    ],
}
EMAIL = {"email": CONTACT["email"]}
COUNTED = ("bookings", "waiting_entries", "blocks", "calls")
AFTERWARDS = timedelta(days=60)


async def dump(desk: Desk) -> str:
    """Every row of every table, as text."""

    def read(connection: Connection) -> str:
        tables = metadata.sorted_tables
        rows = [tuple(row) for table in tables for row in connection.execute(select(table))]
        return "\n".join(map(str, rows)).lower()

    return await desk.container.database().read(read, of=desk.actor.organization_id)


def traces(text: str) -> set[str]:
    wanted = (CANARY, PHONE, POSTCODE, "1815-12-10", "insulin", "quiet room")
    return {trace for trace in wanted if trace.lower() in text.lower()}


async def known(desk: Desk) -> tuple[httpx.Response, httpx.Response]:
    """A stay and a seat, booked by somebody whom the desk knows well."""
    rooms, session = await desk.rooms(), await desk.session(capacity=12)
    room = await confirmed(desk, stay(rooms, contact=CONTACT))
    seat = await confirmed(desk, {**seats(session, ATTENDEE), "contact": CONTACT})
    await desk.post("/v1/quotes", stay(rooms, contact=CONTACT, night=12))
    change = stay(rooms, contact=CONTACT, night=13)
    quoted = await desk.post(f"/v1/bookings/{room.json()['id']}/change-quotes", change)
    assert quoted.status_code == 201, quoted.text
    await waited(desk, rooms)
    await blocked(desk, rooms)
    await paid(desk, room)
    await known_caller(desk, CONTACT["phone"])
    return room, seat


async def paid(desk: Desk, booking: httpx.Response) -> None:
    """By hand; a part of it was asked back, and refused."""
    transfer = {"method": "bank_transfer", "amount_minor": 5000, "currency": "EUR"}
    taken = await desk.post(
        f"/v1/bookings/{booking.json()['id']}/payments/by-hand",
        {**transfer, "note": "From the account of Qanari"},
    )
    assert taken.status_code == 201, taken.text
    asked = await desk.post(
        f"/v1/payments/{taken.json()['id']}/refunds",
        {"amount_minor": 500, "reason": "Qanari was unwell"},
    )
    assert asked.status_code == 201, asked.text
    rejected = await desk.post(
        f"/v1/refunds/{asked.json()['id']}/reject",
        {"note": "Qanari was seen dancing"},
        headers={"If-Match": asked.headers["ETag"]},
    )
    assert rejected.status_code == 200, rejected.text


async def waited(desk: Desk, rooms: str) -> None:
    full = stay(rooms, night=20, rooms=2)
    await confirmed(desk, full)
    joined = await desk.post("/v1/waiting-list", stay(rooms, night=20, contact=CONTACT))
    assert joined.status_code == 201, joined.text
    left = await desk.post(
        f"/v1/waiting-list/{joined.json()['id']}/withdraw",
        headers={"If-Match": joined.headers["ETag"]},
    )
    assert left.status_code == 200, left.text


async def blocked(desk: Desk, rooms: str) -> None:
    opened = await desk.post(
        "/v1/blocks",
        {
            "resource_id": rooms,
            "units": 1,
            "contact": CONTACT,
            "note": "Qanari wants a quiet room",
            "release_at": "2027-03-05T12:00:00Z",
            "from": "2027-03-25",
            "until": "2027-03-26",
        },
    )
    assert opened.status_code == 201, opened.text
    released = await desk.post(
        f"/v1/blocks/{opened.json()['id']}/release",
        {},
        headers={"If-Match": opened.headers["ETag"]},
    )
    assert released.status_code == 200, released.text


async def erase(desk: Desk, **changes: Any) -> httpx.Response:
    return await desk.post("/v1/customers/erasures", {**EMAIL, **changes})


async def test_everything_that_is_kept_is_shown(any_desk: Desk) -> None:
    desk = any_desk
    room, seat = await known(desk)
    issued = await desk.post(f"/v1/bookings/{seat.json()['id']}/papers")
    assert issued.status_code == 200, issued.text

    shown = await desk.post("/v1/customers/export", {"email": " QANARI@example.com"})

    assert shown.status_code == 200, shown.text
    found = shown.json()
    by_id = {one["booking"]["id"]: one for one in found["bookings"]}
    assert by_id.keys() == {room.json()["id"], seat.json()["id"]}
    [need] = by_id[seat.json()["id"]]["needs"]
    assert (need["number"], need["confidential"]) == (1, True)
    assert need["text"] == "Qanari carries insulin"
    assert [entry["contact"]["phone"] for entry in found["waiting_entries"]] == ["+442079460958"]
    assert [block["note"] for block in found["blocks"]] == ["Qanari wants a quiet room"]
    assert names_of_papers(found) == [("invoice", "Qanari Sousa"), ("voucher", "Qanari Sousa")]
    (call,) = found["calls"]
    assert (call["caller"], call["metadata"]) == (CONTACT["phone"], {"about": "Qanari"})
    assert written_in(call) == {
        ("said", "customer", "Qanari speaking, I need a quiet room"),
        ("note", None, "Qanari asks for a quiet room"),
        ("hand_over", None, "Qanari is upset"),
        ("ending", None, "Qanari hung up"),
        ("review", None, "Qanari called before"),
        ("review", None, "Qanari was spoken to kindly"),
    }
    await desk.relay()
    events = (await desk.get("/v1/events")).json()["items"]
    assert [one["name"] for one in events if one["subject"] == found["id"]] == [
        "customer_exported"
    ]


def names_of_papers(exported: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((paper["kind"], paper["recipient"]) for paper in exported["papers"])


def written_in(call: dict[str, Any]) -> set[tuple[str, str, str]]:
    """But for what nobody knows them by, and what is said of them by machines."""
    words = ((one["kind"], one["by"], one["text"]) for one in call["words"])
    return {one for one in words if CANARY in one[2] and one[0] != "summary"}


async def test_whoever_is_expected_is_not_forgotten(any_desk: Desk) -> None:
    room, _ = await known(any_desk)

    assert problem(await erase(any_desk)) == (409, "still_booked")
    shown = await any_desk.get(f"/v1/bookings/{room.json()['id']}")
    assert shown.json()["agreement"]["contact"]["name"] == "Qanari Sousa"


async def test_nothing_is_left_of_whoever_is_forgotten(any_desk: Desk) -> None:
    desk = any_desk
    room, seat = await known(desk)
    await desk.relay()
    desk.clock.now += AFTERWARDS
    assert traces(await dump(desk))

    erased = await erase(desk)

    assert erased.status_code == 200, erased.text
    counts = {key: erased.json()[key] for key in COUNTED}
    assert counts == {"bookings": 2, "waiting_entries": 1, "blocks": 1, "calls": 1}
    await desk.relay()
    assert traces(await dump(desk)) == set()
    for booking in (room, seat):
        shown = (await desk.get(f"/v1/bookings/{booking.json()['id']}")).json()
        assert shown["agreement"]["contact"]["name"] == "Erased"
        assert shown["agreement"]["price"] == booking.json()["agreement"]["price"]
        assert shown["version"] == booking.json()["version"] + 1
    assert await desk.container.verification()() == []
    assert problem(await erase(desk)) == (404, "customer_not_found")
    gone = await desk.post("/v1/customers/export", EMAIL)
    assert problem(gone) == (404, "customer_not_found")
    assert (await desk.post("/v1/bookings/search", EMAIL)).json()["items"] == []


async def test_somebody_who_may_insists(any_desk: Desk) -> None:
    desk = any_desk
    _, seat = await known(desk)

    erased = await erase(desk, even_if_booked=True)

    assert erased.status_code == 200, erased.text
    assert traces(await dump(desk)) == set()
    assert await desk.container.verification()() == []
    shown = await desk.get(f"/v1/bookings/{seat.json()['id']}")
    assert shown.json()["state"] == "confirmed"
    cancelled = await desk.step(shown, "cancel")
    assert cancelled.status_code == 200, cancelled.text
    assert await desk.container.verification()() == []


async def test_whoever_waits_or_has_a_block_is_served_before(desk: Desk) -> None:
    rooms = await desk.rooms()
    await confirmed(desk, stay(rooms, rooms=2))
    await desk.post("/v1/waiting-list", stay(rooms, contact=CONTACT))

    assert problem(await erase(desk, even_if_booked=True)) == (409, "still_served")


async def test_one_answer_a_key(desk: Desk) -> None:
    await known(desk)
    desk.clock.now += AFTERWARDS

    first = await desk.post("/v1/customers/erasures", EMAIL, key="once")
    again = await desk.post("/v1/customers/erasures", EMAIL, key="once")

    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"


async def test_others_are_left_alone(desk: Desk) -> None:
    await known(desk)
    rooms = await desk.rooms(name="Another")
    other = await held(desk, stay(rooms))
    desk.clock.now += AFTERWARDS
    stranger = await Desk.opened(desk.container, desk.clock, "elsewhere")

    assert problem(await erase(stranger)) == (404, "customer_not_found")
    assert (await erase(desk)).status_code == 200
    shown = await desk.get(f"/v1/bookings/{other.json()['id']}")
    assert shown.json()["agreement"]["contact"]["name"] == "Ana Sousa"


async def test_who_may(desk: Desk) -> None:
    await known(desk)
    without = await desk.caller(EVERYTHING - {Permission.MANAGE_PERSONAL_DATA})
    admin = await desk.caller(EVERYTHING - {Permission.MANAGE_ORGANIZATION})

    assert problem(await without.post("/v1/customers/export", EMAIL))[0] == 403
    assert problem(await without.post("/v1/customers/erasures", EMAIL))[0] == 403
    insists = await admin.post("/v1/customers/erasures", {**EMAIL, "even_if_booked": True})
    assert problem(insists) == (403, "not_permitted")
