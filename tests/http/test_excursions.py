"""Excursions over HTTP."""

from typing import Any

import pytest

from tests.http.desk import CONTACT, Desk, problem
from tests.http.sales import confirmed, held, on_sale

pytestmark = pytest.mark.anyio

DOLPHINS: dict[str, Any] = {
    "name": "Dolphins of the Sado",
    "zone": "Europe/Lisbon",
    "offering": {
        "kind": "excursion",
        "starts_at": "2027-03-20T08:30:00Z",
        "ends_at": "2027-03-20T12:00:00Z",
        "location": "Setúbal",
        "meeting_point": "By the blue kiosk",
        "languages": ["en", "pt"],
        "keywords": ["boat"],
        "youngest": 4,
    },
}


def party(resource_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "kind": "excursion",
        "resource_id": resource_id,
        "contact": CONTACT,
        "adults": 2,
        "children": [9],
        "language": "pt",
        **changes,
    }


async def test_a_party_goes_on_an_excursion(any_desk: Desk) -> None:
    desk = any_desk
    resource_id = await on_sale(desk, DOLPHINS, {"capacity": 4})

    booked = await confirmed(desk, party(resource_id))
    full = await held(desk, party(resource_id))

    assert booked.json()["state"] == "confirmed"
    assert booked.json()["agreement"]["request"] == {
        "kind": "excursion",
        "adults": 2,
        "children": [9],
        "language": "pt",
    }
    assert problem(full) == (409, "sold_out")
    assert full.json()["shortages"][0]["free"] == 1


async def test_it_is_noted_who_of_a_party_came(any_desk: Desk) -> None:
    resource_id = await on_sale(any_desk, DOLPHINS, {"capacity": 9})
    booked = await confirmed(any_desk, party(resource_id))
    address = f"/v1/resources/{resource_id}/attendance"
    expected = (await any_desk.get(address)).json()["people"]
    here = {"booking_id": booked.json()["id"], "number": 3, "presence": "excused"}
    one_too_many = {**here, "number": 4}

    marked = await any_desk.send(
        "PUT", address, json={"marks": [here]}, headers={"If-Match": '"0"'}
    )
    refused = await any_desk.send(
        "PUT", address, json={"marks": [one_too_many]}, headers={"If-Match": '"1"'}
    )

    assert [(one["number"], one["name"]) for one in expected] == [
        (number, CONTACT["name"]) for number in (1, 2, 3)
    ]
    assert [one["presence"] for one in marked.json()["people"]] == [None, None, "excused"]
    assert problem(refused) == (404, "not_attending")


async def test_an_excursion_is_shown_as_it_was_added(desk: Desk) -> None:
    added = await desk.post("/v1/resources", DOLPHINS)

    assert added.json()["offering"] == {
        **DOLPHINS["offering"],
        "smallest_party": 1,
        "largest_party": 50,
        "closes_before_minutes": 0,
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"language": "de"}, "language_not_offered"), ({"children": [3]}, "child_too_young")],
)
async def test_not_everybody_can_come(desk: Desk, changes: dict[str, Any], code: str) -> None:
    resource_id = await on_sale(desk, DOLPHINS)
    refused = await desk.post("/v1/quotes", party(resource_id, **changes))

    assert problem(refused) == (422, code)
