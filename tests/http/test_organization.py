"""One's own organization over HTTP, and what is left of it when it is suspended."""

import httpx
import pytest

from application.identity.set_status import SetOrganizationStatus
from application.identity.set_tier import SetTier
from domain.identity.organizations import OrganizationStatus
from domain.identity.tiers import Tier
from domain.identity.usage import OrganizationInUse
from domain.kernel.actors import READING
from tests.http.desk import Desk, problem, stay
from tests.http.test_access import EVERY, PLACES, PRIVATE, named

pytestmark = pytest.mark.anyio


async def become(desk: Desk, status: OrganizationStatus) -> None:
    set_status = desk.container.identity.set_status()
    await set_status(SetOrganizationStatus(actor=desk.actor, status=status))


async def test_an_organization_sees_itself_and_its_limits(any_desk: Desk) -> None:
    shown = await any_desk.get("/v1/organization")

    assert shown.json() == {
        "id": str(any_desk.actor.organization_id),
        "slug": "desk",
        "name": "Desk",
        "status": "active",
        "tier": "enterprise",
        "limits": {
            "api_keys": None,
            "members": None,
            "requests_per_second": 100_000,
            "data_sources": None,
            "retention_days": 365,
            "features": ["audit", "imports", "realtime"],
        },
        "metadata": [],
        "created_at": "2027-03-01T12:00:00Z",
        "version": 1,
    }
    seen = {"If-None-Match": shown.headers["ETag"]}
    assert (await any_desk.get("/v1/organization", headers=seen)).status_code == 304


async def test_it_is_renamed_by_whoever_saw_the_latest(any_desk: Desk) -> None:
    async def rename(name: str, tag: str) -> tuple[int, str]:
        answer = await any_desk.send(
            "PUT", "/v1/organization", json={"name": name}, headers={"If-Match": tag}
        )
        return answer.status_code, answer.json().get("name") or answer.json()["code"]

    assert await rename("Seaside", '"1"') == (200, "Seaside")
    assert await rename("Hillside", '"1"') == (412, "version_changed")
    assert await rename("Seaside ", '"2"') == (422, "bad_organization_name")
    assert (await any_desk.get("/v1/organization")).json()["name"] == "Seaside"


def test_no_route_shows_other_organizations() -> None:
    assert {one.path for one in EVERY if "organization" in one.path} == {
        "/v1/organization",
        "/v1/organization/metadata",
        "/v1/organization/usage",
        "/v1/organization/usage/metered",
        # These show nothing: they take what providers sign with that organization's secret.
        "/v1/provider-events/{provider}/{organization}",
        "/v1/telephony-events/{provider}/{organization}",
        "/v1/telephony-voice/{provider}/{organization}",
    }


async def test_a_suspended_organization_reads_and_changes_nothing(desk: Desk) -> None:
    clerk = await desk.caller()
    await become(desk, OrganizationStatus.SUSPENDED)

    for request in PRIVATE:
        answer = await clerk.send(request.method, request.at(**PLACES), **request.options)
        if request.operation.needs in READING:
            assert answer.status_code != 403, named(request)
        else:
            assert problem(answer) == (403, "organization_suspended"), named(request)


async def test_nobody_is_let_in_for_a_deactivated_organization(desk: Desk) -> None:
    clerk = await desk.caller()
    await become(desk, OrganizationStatus.DEACTIVATED)

    for request in PRIVATE:
        answer = await clerk.send(request.method, request.at(**PLACES), **request.options)
        assert problem(answer) == (403, "organization_deactivated"), named(request)


async def test_it_goes_on_as_before(desk: Desk) -> None:
    clerk, rooms = await desk.caller(), await desk.rooms()
    await become(desk, OrganizationStatus.SUSPENDED)
    await become(desk, OrganizationStatus.ACTIVE)

    assert (await clerk.post("/v1/quotes", stay(rooms))).status_code == 201


async def test_whoever_has_bookings_to_come_is_not_deactivated_by_mistake(any_desk: Desk) -> None:
    rooms = await any_desk.rooms()
    held = await any_desk.hold(rooms)
    before = (await any_desk.get("/v1/organization/usage")).json()
    set_status = any_desk.container.identity.set_status()
    deactivate = SetOrganizationStatus(actor=any_desk.actor, status=OrganizationStatus.DEACTIVATED)
    with pytest.raises(OrganizationInUse) as refused:
        await set_status(deactivate)
    await any_desk.step(held, "release")
    after = (await any_desk.get("/v1/organization/usage")).json()
    gone = await set_status(deactivate)

    assert before == {
        "api_keys": 1,
        "members": 0,
        "resources": 1,
        "bookings": 1,
        "waiting_entries": 0,
        "blocks": 0,
    }
    assert refused.value.bookings == 1
    assert after == {**before, "bookings": 0}
    assert gone.status is OrganizationStatus.DEACTIVATED


async def test_it_is_deactivated_if_somebody_insists(desk: Desk) -> None:
    await desk.hold(await desk.rooms())
    insisting = SetOrganizationStatus(
        actor=desk.actor, status=OrganizationStatus.DEACTIVATED, even_if_booked=True
    )

    gone = await desk.container.identity.set_status()(insisting)
    assert gone.status is OrganizationStatus.DEACTIVATED


async def test_what_an_organization_notes_about_itself_is_found_again(any_desk: Desk) -> None:
    async def note(*members: tuple[str, str], tag: str = "*") -> httpx.Response:
        metadata = [{"name": name, "value": value} for name, value in members]
        return await any_desk.send(
            "PUT",
            "/v1/organization/metadata",
            json={"metadata": metadata},
            headers={"If-Match": tag},
        )

    first = await note(("crm.account", "4711"), ("centre", "Sea"))
    second = await note(("crm.account", "4712"), ("centre", "Sea"))

    assert first.status_code == 200, first.text
    shown = (await any_desk.get("/v1/organization")).json()
    assert shown["metadata"] == second.json()["metadata"]
    assert shown["metadata"] == [
        {"name": "centre", "value": "Sea"},
        {"name": "crm.account", "value": "4712"},
    ]
    assert problem(await note(("a", "1"), ("a", "2"))) == (422, "bad_metadata")
    assert problem(await note(("a", "1"), tag='"1"')) == (412, "version_changed")
    await any_desk.relay()
    events = (await any_desk.get("/v1/events")).json()["items"]
    told = [one["data"] for one in events if one["name"] == "organization_metadata_changed"]
    assert [one["members"] for one in told] == [["centre", "crm.account"], ["crm.account"]]


@pytest.mark.parametrize(
    ("tier", "path", "method"),
    [
        (Tier.FREE, "/v1/realtime/tickets", "POST"),
        (Tier.FREE, "/v1/imports", "POST"),
        (Tier.STARTER, "/v1/audit", "GET"),
        (Tier.STARTER, "/v1/audit/verification", "GET"),
    ],
)
async def test_what_a_tier_has_not_is_refused_and_the_next_one_has_it(
    desk: Desk, tier: Tier, path: str, method: str
) -> None:
    async def ask(tier: Tier) -> httpx.Response:
        set_tier = desk.container.identity.set_tier()
        await set_tier(SetTier(actor=desk.actor, tier=tier))
        return await desk.send(method, path)

    refused = await ask(tier)
    assert problem(refused) == (403, "not_in_tier")
    assert f"not part of the tier {tier.value}" in refused.json()["detail"]
    tiers = list(Tier)
    assert (await ask(tiers[tiers.index(tier) + 1])).json().get("code") != "not_in_tier"
