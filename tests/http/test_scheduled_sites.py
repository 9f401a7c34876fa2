"""Sites say over HTTP when they are read by themselves, and are."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from application.documentation.read_on_schedule import ReadOnSchedule
from tests.http.desk import Desk, problem
from tests.http.test_sites import GUIDE, added

pytestmark = pytest.mark.anyio

NIGHTLY: dict[str, Any] = {"times": ["03:00:00"], "zone": "Europe/Lisbon"}
EVERY_DAY = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def shown(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


async def test_it_is_told_when_a_site_is_read_next(desk: Desk) -> None:
    site = await added(desk, schedule=NIGHTLY)
    path = f"/v1/sites/{site}"
    seen = await desk.get(path)
    weekly = {**NIGHTLY, "days": ["monday"]}
    said = {**GUIDE, "schedule": weekly}
    tag = {"If-Match": seen.headers["ETag"]}
    changed = await desk.send("PUT", path, json=said, headers=tag)
    never = await desk.send("PUT", path, json=GUIDE, headers={"If-Match": "*"})

    assert seen.json()["schedule"] == {**NIGHTLY, "days": EVERY_DAY}
    next_read_at = shown(seen.json()["next_read_at"])
    assert timedelta(0) < next_read_at - desk.clock() <= timedelta(days=1)
    assert changed.status_code == 200, changed.text
    assert changed.json()["schedule"] == weekly
    assert shown(changed.json()["next_read_at"]).weekday() == 0
    assert (never.json()["schedule"], never.json()["next_read_at"]) == (None, None)


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"times": []}, "malformed_request", "#/schedule/times"),
        ({"times": ["03:00:00"] * 25}, "malformed_request", "#/schedule/times"),
        ({"times": ["03:00:00Z"]}, "malformed_request", "#/schedule/times/0"),
        ({"days": []}, "malformed_request", "#/schedule/days"),
        ({"cron": "0 3 * * *"}, "malformed_request", "#/schedule/cron"),
        ({"times": ["03:00:00", "03:30:00"]}, "bad_schedule", "#/schedule"),
        ({"zone": "Nowhere/Land"}, "bad_schedule", "#/schedule"),
    ],
)
async def test_a_schedule_has_bounds(desk: Desk, changes: Any, code: str, pointer: str) -> None:
    refused = await desk.post("/v1/sites", {**GUIDE, "schedule": {**NIGHTLY, **changes}})

    assert refused.json()["code"] == code
    assert {each["pointer"] for each in refused.json()["errors"]} == {pointer}


async def test_the_program_finds_whose_sites_are_due(any_desk: Desk) -> None:
    """Of everybody, behind the wall of PostgreSQL as well."""
    desk = any_desk
    site = await added(desk, schedule=NIGHTLY)
    await added(await Desk.opened(desk.container, desk.clock, slug="other"))
    crawling = desk.container.crawling
    assert not await crawling.due_sites().organizations(now=desk.clock())
    due_at = shown((await desk.get(f"/v1/sites/{site}")).json()["next_read_at"])
    desk.clock.passes(due_at - desk.clock())

    assert await crawling.due_sites().organizations(now=desk.clock()) == [
        desk.actor.organization_id
    ]
    assert await crawling.read_on_schedule()(ReadOnSchedule(actor=desk.actor)) == 1
    assert not await crawling.due_sites().organizations(now=desk.clock())
    (crawl,) = (await desk.get(f"/v1/sites/{site}/crawls")).json()["items"]
    assert crawl["state"] == "planned"
    assert problem(await desk.post(f"/v1/sites/{site}/crawls")) == (409, "crawl_under_way")
