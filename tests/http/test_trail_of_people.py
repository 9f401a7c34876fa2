"""What becomes of people is on the audit trail, by whom, from where, and without their names."""

from typing import Any

import pytest

from domain.identity.mail_tokens import Purpose
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
