"""Certificates: issued to who was there, and seen to be good by everybody."""

from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest

from application.kernel.pages import Slice
from application.paperwork.issue_certificates import IssueCertificates
from application.paperwork.views import PaperFilter
from domain.kernel.identifiers import ResourceId
from domain.paperwork.papers import Paper
from tests.http.desk import Desk, problem
from tests.http.test_papers import booked

pytestmark = pytest.mark.anyio

OVER = datetime(2027, 3, 20, 17, tzinfo=timezone.utc)
EVIL = "Ana <script>alert(1)</script>"


async def certified(desk: Desk, *names: str) -> list[Paper]:
    session = await desk.session(capacity=20)
    booking = await booked(desk, *names, session=session)
    desk.clock.passes(OVER - desk.clock())
    marks: list[dict[str, Any]] = [
        {"booking_id": booking.json()["id"], "number": number, "presence": "present"}
        for number in range(1, len(names) + 1)
    ]
    marks[-1]["presence"] = "absent"
    listed = await desk.send(
        "PUT",
        f"/v1/resources/{session}/attendance",
        json={"marks": marks},
        headers={"If-Match": '"0"'},
    )
    assert listed.status_code == 200, listed.text
    command = IssueCertificates(actor=desk.actor, resource_id=ResourceId(UUID(session)))
    await desk.container.paperwork.issue_certificates()(command)
    found = await desk.container.paperwork.views().papers(
        desk.actor, filter=PaperFilter(), slice=Slice(limit=20)
    )
    return [view.paper for view in found.items]


async def test_who_was_there_is_certified_and_everybody_can_see_it(any_desk: Desk) -> None:
    desk = any_desk
    (paper,) = await certified(desk, "Ana Sousa", "Bea Sousa")
    shown = await desk.nobody().get(f"/v1/certificates/{paper.number}/verification")

    assert shown.json() == {
        "number": paper.number,
        "state": "active",
        "holder": "Ana Sousa",
        "course": "First aid",
        "level": "",
        "completed_on": "2027-03-20",
        "expires_on": "2030-03-20",
        "trainer": "",
        "issuer": "Desk",
    }
    spelt = f"{paper.number[:5]}-{paper.number[5:].lower()}"
    again = await desk.nobody().get(f"/v1/certificates/{spelt}/verification")
    assert again.json() == shown.json()
    assert "ratelimit" in shown.headers


async def test_nothing_is_said_of_numbers_that_are_none(desk: Desk) -> None:
    for number in ("C0000000000000000", "x", "C" * 200):
        for path in (f"/v1/certificates/{number}/verification", f"/certificates/{number}"):
            refused = await desk.nobody().get(path)
            assert problem(refused) == (404, "certificate_not_found")


async def test_a_revoked_certificate_is_good_no_longer(desk: Desk) -> None:
    (paper,) = await certified(desk, "Ana Sousa", "Bea Sousa")
    path = f"/v1/papers/{paper.id}"
    tag = {"If-Match": (await desk.get(path)).headers["ETag"]}
    body = {"reason": "issued to somebody else"}
    revoked = await desk.post(f"{path}/revoke", body, headers=tag)
    assert revoked.status_code == 200, revoked.text
    assert revoked.json()["withdrawn"]["reason"] == body["reason"]
    assert problem(await desk.post(f"{path}/revoke", body, headers=tag)) == (
        412,
        "version_changed",
    )
    seen = await desk.nobody().get(f"/v1/certificates/{paper.number}/verification")
    assert seen.json()["state"] == "revoked"
    assert body["reason"] not in seen.text

    command = IssueCertificates(actor=desk.actor, resource_id=paper.resource_id)
    assert await desk.container.paperwork.issue_certificates()(command) == 0
    await desk.relay()
    trail = await desk.get("/v1/audit?kind=certificate_revoked")
    assert [one["subject"] for one in trail.json()["items"]] == [str(paper.id)]


async def test_a_certificate_runs_out(desk: Desk) -> None:
    (paper,) = await certified(desk, "Ana Sousa", "Bea Sousa")
    desk.clock.passes(timedelta(days=3 * 366))
    seen = await desk.nobody().get(f"/v1/certificates/{paper.number}/verification")

    assert seen.json()["state"] == "expired"


async def test_the_page_shows_what_people_entered_as_text(desk: Desk) -> None:
    (paper,) = await certified(desk, EVIL, "Bea Sousa")
    shown = await desk.nobody().get(f"/certificates/{paper.number}")

    assert shown.headers["content-type"].startswith("text/html")
    assert "&lt;script&gt;" in shown.text
    assert "<script>" not in shown.text
    assert "default-src 'none'" in shown.headers["content-security-policy"]
