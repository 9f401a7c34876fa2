"""Pipelines whose rows become bookings to come, contacts and documents, as if by hand."""

from typing import Any
from uuid import uuid4

import pytest

from tests.http.desk import Desk, problem, stay
from tests.http.test_imports import bring
from tests.http.test_imports import run as run_import
from tests.http.test_pipelines import posted, run

pytestmark = pytest.mark.anyio


def event(kind: str, name: str, **row: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "kind": kind,
        "occurred_at": "2027-03-01T12:00:00Z",
        "said": {"name": name, **row},
    }


def steps(*members: str) -> list[dict[str, Any]]:
    moves = [{"kind": "move", "field": f"said.{member}", "to": member} for member in members]
    return [*moves, {"kind": "drop", "fields": ["said", "id", "kind", "occurred_at"]}]


async def pipeline(desk: Desk, target: str, *members: str) -> str:
    made = await desk.post(
        "/v1/pipelines",
        {
            "name": target,
            "target": target,
            "event_kind": target,
            "definition": {"key": "said.name", "steps": steps(*members)},
            "policy": {"most_bad_percent": 100},
        },
    )
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def bookings_pipeline(desk: Desk) -> str:
    return await pipeline(desk, "bookings", "key", "request", "state", "total_minor", "currency")


def booking(name: str, resource_id: str, **row: Any) -> dict[str, Any]:
    asked = row.pop("request", {})
    return event(
        "bookings",
        name,
        key=name,
        **{"state": "confirmed", "request": stay(resource_id, **asked), **row},
    )


async def states(desk: Desk) -> list[str]:
    found = (await desk.get("/v1/bookings?limit=100")).json()["items"]
    return sorted(each["state"] for each in found)


async def waiting(desk: Desk, pipeline: str) -> dict[str, str]:
    found = (await desk.get(f"/v1/pipelines/{pipeline}/quarantine")).json()["items"]
    return {each["name"]: each["code"] for each in found}


async def test_rows_are_booked_and_nothing_is_sold_twice(any_desk: Desk) -> None:
    """Two rooms: of three rows for one night the last comes to nothing, without the others."""
    desk = any_desk
    rooms = await desk.rooms(capacity=2)
    pipeline = await bookings_pipeline(desk)
    await posted(
        desk,
        booking("a", rooms),
        booking("b", rooms),
        booking("c", rooms),
        booking("d", rooms, request={"night": 12}),
        booking("e", str(uuid4())),
        booking("f", rooms, request={"night": 13}, total_minor=1, currency="EUR"),
        booking("g", rooms, request={"night": 14}, total_minor=9900, currency="EUR"),
    )
    ended = await run(desk, pipeline)

    assert ended["state"] == "partial"
    assert (ended["counts"]["new"], ended["counts"]["quarantined"]) == (4, 3)
    assert await waiting(desk, pipeline) == {
        "c": "sold_out",
        "e": "resource_not_found",
        "f": "other_price",
    }
    assert await states(desk) == ["confirmed"] * 4
    booked = (await desk.get("/v1/bookings")).json()["items"]
    assert {each["version"] for each in booked} == {2}, "held, then confirmed"
    full = await desk.hold(rooms)
    assert problem(full) == (409, "sold_out")


async def test_more_bookings_take_no_more_statements(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=20)
    pipeline = await bookings_pipeline(desk)
    spent = []
    for number in (4, 12):
        await posted(desk, *(booking(f"{number}-{one}", rooms) for one in range(number)))
        with desk.statements() as seen:
            ended = await run(desk, pipeline)
        assert (ended["state"], ended["counts"]["new"]) == ("succeeded", number)
        spent.append([one for one in seen if "bookings" in one or "sales_terms" in one])
    assert len(spent[0]) == len(spent[1])


async def test_rows_are_done_in_their_order(any_desk: Desk) -> None:
    """One room: it is free for the new one that comes after the end of another."""
    desk = any_desk
    rooms = await desk.rooms(capacity=1)
    pipeline = await bookings_pipeline(desk)
    await posted(desk, booking("a", rooms))
    await run(desk, pipeline)

    await posted(
        desk,
        booking("b", rooms),
        booking("c", rooms, request={"night": 12}),
        booking("a", rooms, state="cancelled"),
        booking("d", rooms),
        booking("e", rooms, request={"night": 13}, state="held"),
    )
    await run(desk, pipeline)

    assert await waiting(desk, pipeline) == {"b": "sold_out"}
    assert await states(desk) == ["cancelled", "confirmed", "confirmed", "held"]


async def test_a_row_that_comes_to_nothing_is_taken_once_there_is_room(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=1)
    pipeline = await bookings_pipeline(desk)
    await posted(desk, booking("a", rooms), booking("b", rooms))
    await run(desk, pipeline)

    await posted(desk, booking("a", rooms, state="cancelled"))
    cancelled = await run(desk, pipeline)
    assert (cancelled["state"], cancelled["counts"]["changed"]) == ("succeeded", 1)
    replayed = await run(desk, pipeline, "quarantine/replay")

    assert (replayed["state"], replayed["counts"]["new"]) == ("succeeded", 1)
    assert await states(desk) == ["cancelled", "confirmed"]
    assert await waiting(desk, pipeline) == {}


async def test_what_is_said_otherwise_elsewhere_is_changed_here(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=1)
    pipeline = await bookings_pipeline(desk)
    await posted(desk, booking("a", rooms), booking("b", rooms, request={"night": 12}))
    await run(desk, pipeline)

    other = {"name": "Berta Lima", "email": "berta@example.com"}
    await posted(
        desk,
        booking("a", rooms, request={"night": 11, "contact": other}),
        booking("b", rooms, request={"night": 11}),
    )
    changed = await run(desk, pipeline)

    assert (changed["counts"]["changed"], changed["counts"]["quarantined"]) == (1, 1)
    assert await waiting(desk, pipeline) == {"b": "sold_out"}
    ids = [each["id"] for each in (await desk.get("/v1/bookings")).json()["items"]]
    agreed = [(await desk.get(f"/v1/bookings/{id}")).json()["agreement"] for id in ids]
    assert sorted((each["contact"]["name"], each["starts_at"][:10]) for each in agreed) == [
        ("Ana Sousa", "2027-03-12"),
        ("Berta Lima", "2027-03-11"),
    ]
    assert (await desk.hold(rooms)).status_code == 201


async def test_a_person_has_one_place(any_desk: Desk) -> None:
    """Whom a constraint keeps out is refused by that row alone, and keeps no seat."""
    desk = any_desk
    session = await desk.session(capacity=2)
    pipeline = await bookings_pipeline(desk)

    def place(name: str, *attendees: str) -> dict[str, Any]:
        request = {
            "kind": "training",
            "resource_id": session,
            "contact": {"name": "Ana Sousa", "email": "ana@example.com"},
            "attendees": [
                {"name": one, "email": f"{one[0].lower()}@example.com"} for one in attendees
            ],
        }
        return event("bookings", name, key=name, state="held", request=request)

    await posted(desk, place("a", "Ana Sousa"), place("b", "Ana Sousa"), place("c", "Bo Lund"))
    ended = await run(desk, pipeline)

    assert (ended["counts"]["new"], ended["counts"]["quarantined"]) == (2, 1)
    assert list(await waiting(desk, pipeline)) == ["b"]
    assert await states(desk) == ["held", "held"]


async def test_two_rows_about_one_booking_are_not_guessed_at(desk: Desk) -> None:
    rooms = await desk.rooms(capacity=5)
    pipeline = await bookings_pipeline(desk)
    second = booking("b", rooms, request={"night": 12})
    second["said"]["key"] = "a"
    await posted(desk, booking("a", rooms), second)
    await run(desk, pipeline)

    assert await waiting(desk, pipeline) == {"b": "twice_in_one"}


async def test_bookings_are_imported_as_well(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=1)
    header = "key,request.kind,request.resource_id,request.contact.name,request.contact.email"
    row = f"hotel,{rooms},Ana Sousa,ana@example.com,2027-03-10,2027-03-11,1,2"
    columns = "request.check_in,request.check_out,request.rooms,request.guests"
    started = await bring(desk, "bookings", f"{header},{columns}\na,{row}\nb,{row}\n")
    done = await run_import(desk, started)

    assert (done["taken"], done["refused"]) == (1, 1)
    assert await states(desk) == ["confirmed"]


async def test_a_contact_is_changed_wherever_it_is_still_needed(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms()
    held = await desk.hold(rooms)
    pipe = await pipeline(desk, "contacts", "email", "contact")
    new = {"name": "Ana Lima", "email": "lima@example.com", "phone": "+351 21 000 0000"}
    await posted(
        desk,
        event("contacts", "4711", email="ana@example.com", contact=new),
        event("contacts", "4712", contact={"name": "No One", "email": "nobody@example.com"}),
    )
    ended = await run(desk, pipe)
    shown = (await desk.get(f"/v1/bookings/{held.json()['id']}")).json()

    assert (ended["counts"]["new"], ended["counts"]["quarantined"]) == (1, 1)
    assert shown["agreement"]["contact"]["name"] == "Ana Lima"
    assert await waiting(desk, pipe) == {"4712": "customer_not_found"}

    await posted(
        desk,
        event("contacts", "4711", email="ana@example.com", contact={**new, "name": "Ana L. Lima"}),
    )
    again = await run(desk, pipe)
    shown = (await desk.get(f"/v1/bookings/{held.json()['id']}")).json()
    assert (again["counts"]["changed"], shown["agreement"]["contact"]["name"]) == (
        1,
        "Ana L. Lima",
    )


async def test_documents_are_found_as_soon_as_they_are_there(any_desk: Desk) -> None:
    desk = any_desk
    pipe = await pipeline(desk, "documents", "key", "title", "text")
    said = {"title": "House rules", "text": "# Parking\n\nBicycles stay in the yard.\n"}
    await posted(
        desk,
        event("documents", "rules", key="rules", **said),
        event("documents", "empty", key="empty", title="Nothing", text="   "),
    )
    ended = await run(desk, pipe)
    found = (await desk.get("/v1/passages/search?q=bicycles")).json()["items"]

    assert (ended["counts"]["new"], ended["counts"]["quarantined"]) == (1, 1)
    assert await waiting(desk, pipe) == {"empty": "unreadable_document"}
    assert "Bicycles stay" in found[0]["text"]

    said["text"] = "# Parking\n\nScooters stay in the yard.\n"
    await posted(desk, event("documents", "rules", key="rules", **said))
    again = await run(desk, pipe)
    assert again["counts"]["changed"] == 1
    assert (await desk.get("/v1/passages/search?q=bicycles")).json()["items"] == []
    assert len((await desk.get("/v1/documents")).json()["items"]) == 1
