"""Settings over HTTP: what an organization sets is what it goes by."""

from typing import Any

import httpx
import pytest

from tests.http.desk import Desk, problem
from tests.http.test_continuations import inquire

pytestmark = pytest.mark.anyio


async def change(desk: Desk, key: str, value: Any, tag: str = "*") -> httpx.Response:
    return await desk.send(
        "PUT", f"/v1/settings/{key}", json={"value": value}, headers={"If-Match": tag}
    )


async def test_a_setting_is_read_changed_and_reset(any_desk: Desk) -> None:
    before = await any_desk.get("/v1/settings/holds.minutes")
    changed = await change(any_desk, "holds.minutes", 20, before.headers["ETag"])
    late = await change(any_desk, "holds.minutes", 25, before.headers["ETag"])
    tag = {"If-Match": changed.headers["ETag"]}
    reset = await any_desk.send("DELETE", "/v1/settings/holds.minutes", headers=tag)

    assert (before.json()["value"], before.json()["source"], before.headers["ETag"]) == (
        15,
        "default",
        '"0"',
    )
    assert (changed.json()["value"], changed.json()["source"]) == (20, "organization")
    assert problem(late) == (412, "version_changed")
    assert (reset.json()["value"], reset.json()["source"]) == (15, "default")
    await any_desk.relay()
    kind = {"kind": "setting_changed"}
    trail = (await any_desk.get("/v1/audit", params=kind)).json()["items"]
    told = [item["changes"] for item in trail]
    assert [(one["before"], one["after"], one["reset"]) for one in told] == [
        (None, 20, False),
        (20, None, True),
    ]


async def test_all_settings_are_listed_with_what_they_are(desk: Desk) -> None:
    items = (await desk.get("/v1/settings")).json()["items"]

    by_key = {item["key"]: item for item in items}
    assert list(by_key) == sorted(by_key)
    assert by_key["holds.minutes_at_most"] == {
        "key": "holds.minutes_at_most",
        "type": "number",
        "category": "holds",
        "description": "How long a hold may last in all, with every extension.",
        "value": 60,
        "default": 60,
        "source": "default",
        "public": False,
        "editable": False,
        "requires_restart": True,
        "version": 0,
    }


async def test_what_breaks_the_rule_is_refused_by_name(desk: Desk) -> None:
    refused = await change(desk, "holds.minutes", 0)
    assert problem(refused) == (422, "bad_setting_value")
    assert refused.json()["errors"][0]["pointer"] == "#/value"
    assert "holds.minutes must be a whole number from 1 to 10080" in refused.text
    assert problem(await change(desk, "holds.hours", 1)) == (404, "unknown_setting")
    not_theirs = await change(desk, "holds.minutes_at_most", 30)
    assert problem(not_theirs) == (409, "setting_not_editable")


async def test_holds_and_quotes_last_as_long_as_the_organization_says(any_desk: Desk) -> None:
    rooms = await any_desk.rooms()
    await change(any_desk, "holds.minutes", 20)
    await change(any_desk, "quotes.minutes", 5)
    await change(any_desk, "references.prefix", "SEA")
    held = (await any_desk.hold(rooms)).json()
    quote = await any_desk.get(f"/v1/quotes/{await any_desk.quote(rooms)}")

    assert held["expires_at"] == "2027-03-01T12:20:00Z"
    assert held["reference"].startswith("SEA")
    assert quote.json()["expires_at"] == "2027-03-01T12:05:00Z"


async def test_inquiries_are_offered_or_not(desk: Desk) -> None:
    rooms = await desk.rooms()
    await change(desk, "inquiries.hours", 2)
    offered = await inquire(desk, rooms)
    await change(desk, "inquiries.offered", value=False)

    assert offered.json()["expires_at"] == "2027-03-01T14:00:00Z"
    assert problem(await inquire(desk, rooms)) == (409, "inquiries_not_offered")


async def test_anybody_sees_what_is_public_and_nothing_else(desk: Desk) -> None:
    hours = {"monday": "09:00-17:30"}
    await change(desk, "desk.opening_hours", hours)
    shown = (await desk.nobody().get("/v1/public-settings/desk")).json()

    assert shown["name"] == "Desk"
    assert shown["settings"]["desk.opening_hours"] == hours
    assert set(shown["settings"]) == {
        "bookings.close_hours_before",
        "desk.address",
        "desk.email",
        "desk.opening_hours",
        "desk.opens_on",
        "desk.phone",
        "holds.minutes",
        "inquiries.hours",
        "inquiries.offered",
        "quotes.minutes",
    }
    nobody = await desk.nobody().get("/v1/public-settings/nobody")
    assert problem(nobody) == (404, "organization_not_found")
