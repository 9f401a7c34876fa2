"""Venues and trainers, and the sessions that are held with them."""

from typing import Any

import httpx
import pytest

from tests.http.desk import SESSION, Desk, problem

pytestmark = pytest.mark.anyio

VENUE: dict[str, Any] = {
    "name": "Leeds",
    "address": "12 High Street, Leeds",
    "zone": "Europe/London",
    "capacity": 20,
    "facilities": ["projector"],
    "parking": None,
    "accessibility": "step-free",
    "contact": None,
    "coordinates": {"latitude": 53.8, "longitude": -1.55},
}
TRAINER: dict[str, Any] = {
    "name": "Grace Hopper",
    "email": "grace@example.com",
    "zone": "Europe/London",
    "qualifications": [{"name": "First aid", "expires_on": "2027-03-20"}],
    "specialisations": ["paediatric"],
    "weekly": [{"days": ["saturday"], "opens": "09:00:00", "closes": "17:00:00"}],
    "specific": [],
    "blocked": [],
}


async def add(desk: Desk, kind: str, details: dict[str, Any], **changes: Any) -> str:
    added = await desk.post(f"/v1/{kind}s", {**details, **changes})
    assert added.status_code == 201, added.text
    return str(added.json()["id"])


async def session(desk: Desk, first: str = "09:30", last: str = "16:30", seats: int = 12) -> str:
    """On the 20th of March, which is a Saturday."""
    offering = {
        **SESSION["offering"],
        "starts_at": f"2027-03-20T{first}:00Z",
        "ends_at": f"2027-03-20T{last}:00Z",
    }
    added = await desk.post("/v1/resources", {**SESSION, "offering": offering})
    await desk.post(f"{added.headers['Location']}/openings", {"capacity": seats})
    return str(added.json()["id"])


async def staff(desk: Desk, resource_id: str, *, seen: str = "*", **staffing: Any) -> Any:
    return await desk.send(
        "PUT",
        f"/v1/resources/{resource_id}/staffing",
        json=staffing,
        headers={"If-Match": seen},
    )


def clashes(refused: httpx.Response) -> set[tuple[str, str]]:
    assert problem(refused) == (409, "staffing_clash")
    return {(clash["asset_id"], clash["reason"]) for clash in refused.json()["clashes"]}


@pytest.mark.parametrize(("kind", "details"), [("venue", VENUE), ("trainer", TRAINER)])
async def test_they_are_kept_changed_deleted_and_restored(
    any_desk: Desk, kind: str, details: dict[str, Any]
) -> None:
    path = f"/v1/{kind}s/{await add(any_desk, kind, details)}"
    shown = await any_desk.get(path)
    other = {**details, "name": "Another"}
    changed = await any_desk.send("PUT", path, json=other, headers={"If-Match": '"1"'})
    stale = await any_desk.send("PUT", path, json=details, headers={"If-Match": '"1"'})
    deleted = await any_desk.post(f"{path}/delete", headers={"If-Match": '"2"'})
    again = await any_desk.post(f"{path}/delete", headers={"If-Match": "*"})
    changed_late = await any_desk.send("PUT", path, json=details, headers={"If-Match": "*"})
    listed = await any_desk.get(f"/v1/{kind}s")
    bin_ = await any_desk.get(f"/v1/{kind}s", params={"show": "deleted"})
    restored = await any_desk.post(f"{path}/restore", headers={"If-Match": '"3"'})
    twice = await any_desk.post(f"{path}/restore", headers={"If-Match": "*"})

    assert {name: shown.json()[name] for name in details} == details
    assert (changed.json()["name"], changed.headers["ETag"]) == ("Another", '"2"')
    assert problem(stale) == (412, "version_changed")
    assert deleted.json()["deleted_at"] == "2027-03-01T12:00:00Z"
    assert problem(again) == problem(changed_late) == (409, "asset_deleted")
    assert (listed.json()["items"], len(bin_.json()["items"])) == ([], 1)
    assert restored.json()["deleted_at"] is None
    assert problem(twice) == (409, "asset_not_deleted")
    assert len((await any_desk.get(f"/v1/{kind}s")).json()["items"]) == 1
    elsewhere = path.replace(kind, "trainer" if kind == "venue" else "venue")
    assert problem(await any_desk.get(elsewhere)) == (404, "asset_not_found")
    refused = await any_desk.post(f"{elsewhere}/delete", headers={"If-Match": "*"})
    assert problem(refused) == (404, "asset_not_found")


async def test_nobody_is_in_two_places_at_a_time(any_desk: Desk) -> None:
    venue, trainer = await add(any_desk, "venue", VENUE), await add(any_desk, "trainer", TRAINER)
    first, second = await session(any_desk), await session(any_desk, "15:00", "16:00")
    evening = await session(any_desk, "16:30", "17:00")

    staffed = await staff(any_desk, first, venue_ids=[venue], trainer_ids=[trainer])
    refused = await staff(any_desk, second, venue_ids=[venue], trainer_ids=[trainer])
    after = await staff(any_desk, evening, venue_ids=[venue], trainer_ids=[trainer])
    shown = await any_desk.get(f"/v1/resources/{first}/staffing")

    assert (staffed.status_code, after.status_code) == (200, 200)
    assert clashes(refused) == {(venue, "taken"), (trainer, "taken")}
    assert shown.json() == staffed.json()
    assert [item["id"] for item in shown.json()["items"]] == [trainer, venue]

    without = await staff(any_desk, first, trainer_ids=[trainer], seen=staffed.headers["ETag"])
    stale = await staff(any_desk, first, seen=staffed.headers["ETag"])
    instead = await staff(any_desk, second, venue_ids=[venue])
    assert [item["id"] for item in without.json()["items"]] == [trainer]
    assert problem(stale) == (412, "version_changed")
    assert instead.status_code == 200
    assert list(await any_desk.container.verification()()) == []


async def test_all_that_stands_against_it_is_said(any_desk: Desk) -> None:
    blocked = {"starts_at": "2027-03-20T12:00:00Z", "ends_at": "2027-03-20T13:00:00Z"}
    small = await add(any_desk, "venue", VENUE, capacity=11)
    away = await add(any_desk, "trainer", TRAINER, blocked=[blocked])
    late = [{"name": "First aid", "expires_on": "2027-03-19"}]
    expired = await add(any_desk, "trainer", TRAINER, qualifications=late, weekly=[])
    course = await session(any_desk)

    refused = await staff(
        any_desk,
        course,
        venue_ids=[small],
        trainer_ids=[away, expired],
        qualifications=["First aid"],
    )

    assert clashes(refused) == {
        (small, "too_small"),
        (away, "unavailable"),
        (expired, "not_qualified"),
    }
    assert (await any_desk.get(f"/v1/resources/{course}/staffing")).json() == {"items": []}


async def test_only_sessions_are_staffed_and_only_with_what_is_there(desk: Desk) -> None:
    rooms, course = await desk.rooms(), await session(desk)
    venue = await add(desk, "venue", VENUE)
    await desk.post(f"/v1/venues/{venue}/delete", headers={"If-Match": "*"})

    assert problem(await staff(desk, rooms)) == (409, "never_takes_place")
    assert problem(await staff(desk, venue)) == (404, "resource_not_found")
    assert problem(await staff(desk, course, venue_ids=[rooms])) == (404, "asset_not_found")
    assert problem(await staff(desk, course, venue_ids=[venue])) == (409, "asset_deleted")


async def test_what_is_called_off_frees_whoever_was_to_hold_it(any_desk: Desk) -> None:
    venue = await add(any_desk, "venue", VENUE)
    first, second = await session(any_desk), await session(any_desk)
    await staff(any_desk, first, venue_ids=[venue])

    cancelled = await any_desk.post(
        f"/v1/resources/{first}/cancel",
        {"reason": "weather"},
        headers={"If-Match": "*"},
    )
    instead = await staff(any_desk, second, venue_ids=[venue])

    assert cancelled.status_code == 200, cancelled.text
    assert instead.status_code == 200


async def moved(desk: Desk, resource_id: str, day: int, first: str, last: str) -> httpx.Response:
    offering = {
        **SESSION["offering"],
        "starts_at": f"2027-03-{day}T{first}:00Z",
        "ends_at": f"2027-03-{day}T{last}:00Z",
    }
    path = f"/v1/resources/{resource_id}"
    changes = {"offering": offering}
    return await desk.send("PATCH", path, json=changes, headers={"If-Match": "*"})


async def test_whoever_holds_a_session_goes_along_when_it_moves(any_desk: Desk) -> None:
    venue, trainer = await add(any_desk, "venue", VENUE), await add(any_desk, "trainer", TRAINER)
    first, second = [
        await session(any_desk, *hours) for hours in (("09:00", "12:00"), ("15:00", "16:00"))
    ]
    await staff(any_desk, first, venue_ids=[venue], trainer_ids=[trainer])
    await staff(any_desk, second, venue_ids=[venue])
    before = await any_desk.get(f"/v1/resources/{first}")

    onto_the_other = await moved(any_desk, first, 20, "14:00", "16:00")
    to_a_sunday = await moved(any_desk, first, 21, "09:00", "12:00")
    after = await any_desk.get(f"/v1/resources/{first}")

    assert clashes(onto_the_other) == {(venue, "taken")}
    assert clashes(to_a_sunday) == {(trainer, "unavailable")}
    assert (after.json(), after.headers["ETag"]) == (before.json(), before.headers["ETag"])

    assert (await moved(any_desk, first, 20, "13:00", "15:00")).status_code == 200
    shown = (await any_desk.get(f"/v1/resources/{first}/staffing")).json()["items"]
    assert [item["id"] for item in shown] == [trainer, venue]
    morning, noon = [
        await session(any_desk, *hours) for hours in (("09:00", "12:00"), ("12:00", "14:00"))
    ]
    there: dict[str, Any] = {"venue_ids": [venue], "trainer_ids": [trainer]}
    assert (await staff(any_desk, morning, **there)).status_code == 200
    assert clashes(await staff(any_desk, noon, **there)) == {(venue, "taken"), (trainer, "taken")}
    assert list(await any_desk.container.verification()()) == []
