"""What is agreed to when something is held."""

from typing import Any

import pytest

from tests.http.desk import TERMS, Desk, problem

pytestmark = pytest.mark.anyio

ACCEPTED = {"terms_accepted": True, "marketing_opt_in": False}


async def rooms_on_terms(desk: Desk) -> str:
    """Rooms nobody books without accepting the terms."""
    rooms = await desk.rooms()
    address = f"/v1/resources/{rooms}/sales-terms"
    known = await desk.get(address)
    changed = await desk.send(
        "PUT",
        address,
        json={**TERMS, "terms_version": "2027-01"},
        headers={"If-Match": known.headers["ETag"]},
    )
    assert changed.json()["terms_version"] == "2027-01"
    return rooms


async def held(desk: Desk, rooms: str, **ticked: Any) -> Any:
    return await desk.post("/v1/holds", {"quote_id": await desk.quote(rooms), **ticked})


async def test_consent_is_kept_with_its_time_and_version(any_desk: Desk) -> None:
    booked = await held(any_desk, await rooms_on_terms(any_desk), **ACCEPTED)
    shown = await any_desk.get(booked.headers["Location"])

    assert shown.json()["agreement"]["consent"] == {
        "given_at": "2027-03-01T12:00:00Z",
        "terms_accepted": True,
        "terms_version": "2027-01",
        "marketing_opt_in": False,
    }


@pytest.mark.parametrize("ticked", [{}, {"marketing_opt_in": True}, {"terms_accepted": False}])
async def test_nobody_books_without_accepting_the_terms(
    any_desk: Desk, ticked: dict[str, bool]
) -> None:
    refused = await held(any_desk, await rooms_on_terms(any_desk), **ticked)

    assert problem(refused) == (422, "terms_not_accepted")
    assert refused.json()["errors"][0]["pointer"] == "#/terms_accepted"
    assert refused.json()["terms_version"] == "2027-01"


async def test_there_is_no_way_around_the_terms(desk: Desk) -> None:
    rooms = await rooms_on_terms(desk)
    quotes = [await desk.quote(rooms), await desk.quote(rooms)]

    refused = await desk.post("/v1/itineraries", {"quote_ids": quotes[:1]})
    begun = await desk.post("/v1/itineraries", {"quote_ids": quotes[:1], **ACCEPTED})
    also_refused = await desk.post(
        f"{begun.headers['Location']}/bookings",
        {"quote_id": quotes[1]},
        headers={"If-Match": begun.headers["ETag"]},
    )

    assert problem(refused) == (422, "terms_not_accepted")
    assert begun.status_code == 201
    assert problem(also_refused) == (422, "terms_not_accepted")


async def test_terms_that_change_later_change_nothing_for_what_is_quoted(desk: Desk) -> None:
    rooms = await desk.rooms()
    quote_id = await desk.quote(rooms)
    known = await desk.get(f"/v1/resources/{rooms}/sales-terms")
    await desk.send(
        "PUT",
        f"/v1/resources/{rooms}/sales-terms",
        json={**TERMS, "terms_version": "2027-01"},
        headers={"If-Match": known.headers["ETag"]},
    )

    booked = await desk.post("/v1/holds", {"quote_id": quote_id})

    assert booked.status_code == 201
    assert booked.json()["agreement"]["consent"] is None


async def test_whoever_wants_to_hear_more_has_said_so(any_desk: Desk) -> None:
    booked = await held(any_desk, await any_desk.rooms(), marketing_opt_in=True)

    consent = booked.json()["agreement"]["consent"]
    assert (consent["marketing_opt_in"], consent["terms_version"]) == (True, None)
