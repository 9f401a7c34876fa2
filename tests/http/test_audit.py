"""The audit trail over HTTP."""

from uuid import UUID

import attrs
import pytest
from sqlalchemy import Connection, update

from adapters.schema.events import event_log
from domain.identity import events
from domain.kernel.actors import Permission
from domain.kernel.events import SecurityEvent
from entrypoints.http.client_address import network_of
from tests.http.desk import Desk, problem
from tests.http.people import Staff

pytestmark = pytest.mark.anyio


async def test_signing_in_is_on_record_with_the_network(desk: Desk) -> None:
    staff = await Staff.of(desk)
    await desk.relay()

    items = (await desk.get("/v1/audit")).json()["items"]
    signed_in = [one for one in items if one["kind"] == "member_signed_in"]
    assert [(one["subject"], one["origin"]) for one in signed_in] == [
        (str(staff.owner.id), "127.0.0.0/24")
    ]


async def test_who_changed_what_is_on_record_without_secrets(any_desk: Desk) -> None:
    admin = await any_desk.caller()
    await admin.send(
        "PUT", "/v1/settings/holds.minutes", json={"value": 20}, headers={"If-Match": "*"}
    )
    await any_desk.relay()
    items = (await any_desk.get("/v1/audit")).json()["items"]

    assert [item["kind"] for item in items] == [
        "api_key_created",
        "api_key_created",
        "setting_changed",
    ]
    changed = items[-1]
    assert (changed["changes"]["before"], changed["changes"]["after"]) == (None, 20)
    assert changed["origin"] == "127.0.0.0/24"
    assert changed["actor_id"] == items[1]["subject"]
    assert "fd_test_" not in str(items)
    of_kind = await any_desk.get("/v1/audit", params={"kind": "setting_changed"})
    assert [item["position"] for item in of_kind.json()["items"]] == [3]


async def test_the_life_of_a_key_is_on_record(any_desk: Desk) -> None:
    admin, seen = await any_desk.caller(), {"If-Match": "*"}
    said = {"name": "Till 2", "mode": "test", "scopes": ["events:read", "keys:write"]}
    created = await admin.post("/v1/api-keys", said)
    path, api_key = created.headers["Location"], created.json()["api_key"]
    narrower = {"name": "Till 2", "scopes": ["events:read"]}
    await admin.send("PUT", path, json=narrower, headers=seen)
    rotated = await admin.post(f"{path}/rotate", {"overlap_hours": 2}, headers=seen)
    for _ in range(2):  # the second time changes nothing
        await admin.post(f"{path}/revoke", headers=seen)
    await any_desk.relay()
    every = (await any_desk.get("/v1/audit")).json()["items"]
    items = [item for item in every if item["subject"] == api_key["id"]]
    which = {"api_key_id": api_key["id"]}
    until = "2027-03-01T14:00:00+00:00"

    assert [(item["kind"], item["changes"]) for item in items] == [
        ("api_key_created", {**which, "scopes": said["scopes"], "expires_at": None}),
        ("api_key_changed", {**which, "before": said["scopes"], "after": narrower["scopes"]}),
        ("api_key_rotated", {**which, "former_until": until}),
        ("api_key_revoked", which),
    ]
    assert {item["actor_id"] for item in items} == {every[1]["subject"]}
    for secret in (created.json()["secret"], rotated.json()["secret"]):
        assert secret[8:] not in str(every)


async def test_the_trail_is_for_whoever_may_read_it(desk: Desk) -> None:
    clerk = await desk.caller(frozenset({Permission.READ_EVENTS}))

    for path in ("/v1/audit", "/v1/audit/verification"):
        assert problem(await clerk.get(path)) == (403, "not_permitted")


async def test_the_chain_is_verified_and_gives_an_anchor(any_desk: Desk) -> None:
    def rewrite(connection: Connection) -> None:
        first = event_log.c.position == 1
        connection.execute(update(event_log).where(first).values(actor_id=UUID(int=6)))

    await any_desk.caller()
    await any_desk.relay()
    whole = (await any_desk.get("/v1/audit/verification")).json()
    anchor = {"position": whole["position"], "link": whole["link"]}
    again = (await any_desk.get("/v1/audit/verification", params=anchor)).json()
    wrong = {**anchor, "link": "f" * 64}
    other = (await any_desk.get("/v1/audit/verification", params=wrong)).json()
    await any_desk.container.database().write(rewrite, of=any_desk.actor.organization_id)
    broken = (await any_desk.get("/v1/audit/verification")).json()

    assert (whole["intact"], whole["records"], again["intact"]) == (True, 2, True)
    assert (other["intact"], other["broken_at"]) == (False, 2)
    assert (broken["intact"], broken["broken_at"]) == (False, 1)


def test_networks_say_from_where_and_not_from_whom() -> None:
    assert network_of("192.0.2.77") == "192.0.2.0/24"
    assert network_of("2001:db8:1:2:3:4:5:6") == "2001:db8:1::/48"
    assert network_of("") is None
    assert network_of("somewhere") is None


def test_every_fact_about_keys_people_and_organizations_is_on_the_trail() -> None:
    kinds = [kind for kind in vars(events).values() if isinstance(kind, type) and attrs.has(kind)]

    assert len(kinds) > 12
    assert all(issubclass(kind, SecurityEvent) for kind in kinds)
