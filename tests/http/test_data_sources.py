"""Data sources are added, really asked, steered and watched over HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import attrs
import httpx
import pytest

from application.identity.set_tier import SetTier
from application.pipelines.sources_come_due import SourcesComeDue
from domain.identity.tiers import Tier
from domain.kernel.actors import Permission
from tests.fakes.time import Time
from tests.http.desk import Desk, problem, program
from tests.web_sites import WebSite, web_site

pytestmark = pytest.mark.anyio

GUESTS: dict[str, Any] = {
    "name": "Guests",
    "kind": "csv",
    "address": "https://crm.example.com/guests.csv",
    "schedule": {"cron": "30 4 * * *", "zone": "Europe/Lisbon"},
}


@attrs.frozen
class Crm:
    desk: Desk
    site: WebSite

    async def added(self, **changes: Any) -> httpx.Response:
        told = {**GUESTS, "address": self.site.url("/guests.csv"), **changes}
        answer = await self.desk.post("/v1/data-sources", told)
        assert answer.status_code == 201, answer.text
        return answer

    async def validated(self, source: httpx.Response) -> dict[str, Any]:
        answer = await self.desk.post(f"/v1/data-sources/{source.json()['id']}/validate")
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def steered(self, source_id: str, turn: str) -> httpx.Response:
        headers = {"If-Match": "*"}
        return await self.desk.post(f"/v1/data-sources/{source_id}/{turn}", headers=headers)


@pytest.fixture
async def crm(any_url: str, clock: Time) -> AsyncIterator[Crm]:
    async with web_site() as site:
        inside = frozenset({site.host})
        async with program(any_url, clock, internal_hosts=inside) as container:
            yield Crm(await Desk.opened(container, clock), site)
            await container.crawling.egress().close()


async def test_it_is_active_only_once_it_was_really_reached(crm: Crm) -> None:
    added = await crm.added()
    source_id = added.json()["id"]
    too_early = await crm.steered(source_id, "activate")
    gone = await crm.validated(added)
    crm.site.says("/guests.csv", "name\nAda\n", server="crm/4")
    there = await crm.validated(added)
    active = await crm.steered(source_id, "activate")
    paused = await crm.steered(source_id, "pause")

    assert problem(too_early) == (409, "wrong_source_state")
    assert (added.json()["state"], added.json()["health"]) == ("draft", "unknown")
    assert (gone["reachable"], gone["attempt"]["reason"]) == (False, "not_found")
    assert gone["data_source"]["health"] == "unhealthy"
    assert (there["reachable"], there["attempt"]["server_version"]) == (True, "crm/4")
    assert there["attempt"]["clock_difference_ms"] is not None
    assert there["data_source"]["state"] == "verified"
    assert there["data_source"]["health"] == "degraded"
    assert (active.json()["state"], paused.json()["state"]) == ("active", "paused")
    assert crm.site.asked["/guests.csv"] == 2


async def test_its_history_and_metrics_are_told(crm: Crm) -> None:
    added = await crm.added()
    path = f"/v1/data-sources/{added.json()['id']}"
    never = (await crm.desk.get(f"{path}/metrics")).json()
    await crm.validated(added)
    crm.site.says("/guests.csv", "name\nAda\n")
    await crm.validated(added)

    history = (await crm.desk.get(f"{path}/attempts", params={"limit": 1})).json()
    older = {"limit": 1, "cursor": history["next"]}
    rest = (await crm.desk.get(f"{path}/attempts", params=older)).json()
    metrics = (await crm.desk.get(f"{path}/metrics")).json()

    assert (never["error_rate"], never["latency_ms"], never["checks"]) == (None, None, 0)
    assert [each["items"][0]["reason"] for each in (history, rest)] == [None, "not_found"]
    assert rest["next"] is None
    assert (metrics["checks"], metrics["failed"], metrics["syncs"]) == (2, 1, 0)
    assert (metrics["error_rate"], metrics["success_rate"]) == (0.5, 0.5)
    assert metrics["latency_ms"] >= 0
    assert metrics["last_sync_at"] is None
    assert metrics["last_success_at"] is not None


async def test_it_is_shown_as_it_was_said_and_changed(crm: Crm) -> None:
    renames = [{"was": "Gast", "name": "guest"}]
    added = await crm.added(csv={"delimiter": ";", "renames": renames}, tags=["crm"])
    path = f"/v1/data-sources/{added.json()['id']}"
    crm.site.says("/guests.csv", "Gast;x\nAda;1\n")
    await crm.validated(added)
    api = {"name": "Api", "kind": "json_api", "address": crm.site.url("/api")}
    changed = await crm.desk.send(
        "PUT", path, json={**api, "credentials": {"token": "crm"}}, headers={"If-Match": "*"}
    )
    archived = await crm.desk.send("DELETE", path, headers={"If-Match": "*"})
    again = await crm.desk.send("DELETE", path, headers={"If-Match": "*"})
    listed = (await crm.desk.get("/v1/data-sources")).json()["items"]
    old = (await crm.desk.get("/v1/data-sources", params={"state": "archived"})).json()["items"]

    assert added.json()["csv"]["renames"] == renames
    assert added.json()["csv"]["delimiter"] == ";"
    assert added.json()["next_due_at"] is not None
    assert changed.json()["state"] == "draft"
    assert changed.json()["credentials"] == {"token": "crm", "user": None, "password": None}
    assert (changed.json()["csv"], changed.json()["next_due_at"]) == (None, None)
    assert archived.json()["state"] == "archived"
    assert problem(again) == (409, "wrong_source_state")
    assert listed == []
    assert [each["id"] for each in old] == [added.json()["id"]]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"schedule": {"cron": "every night", "zone": "Europe/Lisbon"}}, "bad_cron"),
        ({"schedule": {"cron": "61 * * * *", "zone": "Europe/Lisbon"}}, "bad_cron"),
        ({"schedule": {"cron": "0 4 * * *", "zone": "Europe/Atlantis"}}, "bad_cron"),
        ({"schedule": {"cron": "0 0 30 2 *", "zone": "UTC"}}, "bad_cron"),
        ({"kind": "json_api", "address": None}, "bad_connection"),
        ({"address": "ftp://crm.example.com/x"}, "bad_connection"),
        ({"address": "https://ana:word@crm.example.com/x"}, "bad_connection"),
        ({"address": "https:///x"}, "bad_connection"),
        ({"kind": "sql", "address": "postgresql://crm.example.com/x"}, "bad_connection"),
        ({"json_lines": {}}, "bad_connection"),
        ({"kind": "sql", "sql": {"table": "a", "key": "b"}}, "bad_connection"),
    ],
)
async def test_what_cannot_be_is_refused(desk: Desk, changes: Any, code: str) -> None:
    refused = await desk.post("/v1/data-sources", {**GUESTS, **changes})

    assert refused.json()["code"] == code


async def test_a_tier_has_so_many_and_archived_ones_do_not_count(desk: Desk) -> None:
    await desk.container.identity.set_tier()(SetTier(actor=desk.actor, tier=Tier.FREE))
    made = [await desk.post("/v1/data-sources", GUESTS) for _ in range(4)]

    assert [answer.status_code for answer in made] == [201, 201, 201, 409]
    assert problem(made[-1]) == (409, "too_many_data_sources")
    path = f"/v1/data-sources/{made[0].json()['id']}"
    await desk.send("DELETE", path, headers={"If-Match": "*"})
    assert (await desk.post("/v1/data-sources", GUESTS)).status_code == 201


async def test_what_is_due_is_told_once_and_looked_after(crm: Crm, clock: Time) -> None:
    crm.site.says("/guests.csv", "name\nAda\n")
    added = await crm.added()
    await crm.validated(added)
    active = (await crm.steered(added.json()["id"], "activate")).json()
    sources, actor = crm.desk.container.pipelines.sources, crm.desk.actor
    assert not await sources.due().organizations(now=clock())

    clock.now += timedelta(days=3)
    assert list(await sources.due().organizations(now=clock())) == [actor.organization_id]
    came = [await sources.sources_come_due()(SourcesComeDue(actor=actor)) for _ in range(2)]

    await crm.desk.relay()
    feed = (await crm.desk.get("/v1/events")).json()["items"]
    shown = (await crm.desk.get(f"/v1/data-sources/{active['id']}")).json()
    waiting = await crm.desk.container.queued_jobs().waiting(limit=10)
    assert came == [1, 0]
    assert [each["name"] for each in feed].count("data_source_due") == 1
    assert shown["next_due_at"] > clock().isoformat()
    assert [job.name for job in waiting] == ["check_source"]


async def test_reading_is_not_changing(desk: Desk) -> None:
    reader = await desk.caller(frozenset({Permission.READ_PIPELINES}))

    assert problem(await reader.post("/v1/data-sources", GUESTS)) == (403, "not_permitted")
    assert (await reader.get("/v1/data-sources")).json() == {"items": [], "next": None}
