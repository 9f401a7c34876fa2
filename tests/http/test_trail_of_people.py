"""What becomes of people is on the audit trail, by whom, from where, and without their names."""

from typing import Any

import pytest

from application.identity.tell_denials import TellDenials
from domain.identity.denials import SUMMED_FOR
from domain.identity.mail_tokens import Purpose
from domain.kernel.actors import Actor
from tests.contract.offices import PASSWORD
from tests.http.desk import Desk
from tests.http.people import ADA, ANOTHER, BERT, Staff

pytestmark = pytest.mark.anyio

NEW = "another gate with nobody behind it"


@pytest.fixture
async def staff(desk: Desk) -> Staff:
    return await Staff.of(desk)


async def trail(staff: Staff, subject: str) -> list[dict[str, Any]]:
    await staff.desk.relay()
    found = await staff.ada.get(f"/v1/audit?subject={subject}")
    assert found.status_code == 200, found.text
    return [*found.json()["items"]]


async def test_how_somebody_comes_and_changes_their_password(staff: Staff) -> None:
    bert = await staff.joined("agent")
    me = (await bert.get("/v1/me")).json()["member"]["id"]
    changed = await bert.send("PUT", "/v1/me/password", json={"current": ANOTHER, "password": NEW})
    assert changed.status_code == 200, changed.text
    token = await staff.letter(Purpose.RESET, me)
    used = {"token": token, "password": PASSWORD}
    reset = await staff.desk.nobody().post("/v1/password-resets/use", used, key="")
    assert reset.status_code == 200, reset.text
    await staff.signed_in(BERT, PASSWORD)
    ended = await staff.ada.send("DELETE", f"/v1/members/{me}/sessions")
    assert ended.status_code == 200, ended.text

    records = await trail(staff, me)
    owner = str(staff.owner.id)
    assert [(one["kind"], one["actor_id"]) for one in records] == [
        ("member_invited", owner),
        ("member_joined", me),
        ("member_signed_in", me),
        ("password_changed", me),
        ("password_reset", me),
        ("member_signed_in", me),
        ("sessions_ended", owner),
    ]
    assert all(one["origin"] for one in records)
    assert records[0]["changes"] == {"member_id": me, "role": "agent"}
    assert records[-1]["changes"] == {"member_id": me, "number": 1}
    assert not [word for word in ("Bert", BERT, ADA) if word in str(records)]


async def due(staff: Staff) -> None:
    staff.desk.clock.passes(SUMMED_FOR)
    container = staff.desk.container
    tell: Any = container.people.denials.tell()
    for organization_id in await container.people.denials.views().organizations(
        now=staff.desk.clock()
    ):
        await tell(TellDenials(actor=Actor.system(organization_id)))


async def test_who_fails_to_sign_in_and_who_is_refused(staff: Staff) -> None:
    bert = await staff.joined("viewer")
    me = (await bert.get("/v1/me")).json()["member"]["id"]
    for said in ({"email": BERT}, {"email": BERT}, {"email": "nobody@example.com"}):
        assert (await staff.sign_in(password=NEW, **said)).status_code == 401
    for _ in range(3):
        assert (await bert.post("/v1/resources", {})).status_code == 403
    await due(staff)

    failed, refused = (await trail(staff, me))[-2:]
    (unknown,) = await trail(staff, str(staff.desk.actor.organization_id))
    assert [(one["kind"], one["changes"]["number"]) for one in (failed, unknown, refused)] == [
        ("sign_ins_failed", 2),
        ("sign_ins_failed", 1),
        ("access_refused", 3),
    ]
    assert unknown["changes"]["member_id"] is None
    assert (failed["changes"]["lacked"], refused["changes"]["refused"]) == (
        "password",
        "catalogue:write",
    )
    assert refused["actor_id"] == me
    assert all(one["origin"] for one in (failed, unknown, refused))
    assert not [word for word in ("nobody@", BERT) if word in str([failed, unknown, refused])]


async def test_nobody_learns_by_the_work_that_is_done_who_there_is(staff: Staff) -> None:
    """Every statement is one trip to the database, and passwords cost more than all of them."""
    work = []
    for organization, email in (("desk", ADA), ("desk", BERT), ("none", ADA)):
        who = {"organization": organization, "email": email}
        with staff.desk.statements() as signing_in:
            refused = await staff.desk.nobody().post(
                "/v1/sessions", {**who, "password": NEW}, key=""
            )
        with staff.desk.statements() as asking:
            asked = await staff.desk.nobody().post("/v1/password-resets", who, key="")
        assert (refused.status_code, asked.status_code) == (401, 202)
        work.append((signing_in, asking))

    assert len(work[0][0]) > 3
    assert work[0] == work[1] == work[2]
