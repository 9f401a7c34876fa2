"""Reports that are sent by the clock: once an occasion, to members, as owners may see them."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from application.identity.set_status import SetOrganizationStatus
from application.kernel.jobs import Result
from domain.identity.organizations import OrganizationStatus
from domain.kernel.actors import Permission
from tests.http.desk import Caller, Desk, problem
from tests.http.people import BERT
from tests.http.report_scheduling import (
    DAY,
    SCHEDULES,
    SEEN,
    SEVEN,
    Died,
    Remembering,
    added,
    come_due,
    id_of,
    opened,
    runs,
    send,
)

pytestmark = pytest.mark.anyio


async def test_what_is_due_is_made_and_mailed_once(any_desk: Desk) -> None:
    staff = await opened(any_desk)
    schedule = await added(staff)
    assert schedule["next_due_at"] == "2027-03-02T07:00:00Z"
    any_desk.clock.now = SEVEN
    assert await come_due(any_desk) == 1
    assert await come_due(any_desk) == 0

    (run,) = await runs(staff, schedule)
    assert (run["state"], run["occasion_at"], run["by_hand"]) == (
        "running",
        "2027-03-02T07:00:00Z",
        False,
    )
    before = len(staff.post.messages)
    await send(any_desk, run)
    await send(any_desk, run)
    (message,) = staff.post.messages[before:]
    assert message.to == staff.owner.email
    (file,) = message.attachments
    assert file.content_type == "text/csv"
    assert "From 2027-03-01 00:00" in message.text
    (run,) = await runs(staff, schedule)
    assert (run["state"], run["mailed"], run["attached"]) == ("sent", 1, True)
    taken = await any_desk.get(
        "/v1/reports/booking_volume",
        params={
            "from": "2027-03-01T00:00:00Z",
            "until": "2027-03-02T00:00:00Z",
            "zone": "Europe/Lisbon",
        },
    )
    assert file.content == taken.content


async def test_of_what_was_missed_the_last_is_made_up_for_once(any_desk: Desk) -> None:
    staff = await opened(any_desk)
    schedule = await added(staff)
    any_desk.clock.now = SEVEN + 3 * DAY + timedelta(hours=2)
    await come_due(any_desk)
    (run,) = await runs(staff, schedule)
    assert run["occasion_at"] == "2027-03-05T07:00:00Z"
    now = (await any_desk.get(f"{SCHEDULES}/{schedule['id']}")).json()
    assert now["next_due_at"] == "2027-03-06T07:00:00Z"


async def test_whoever_dies_nobody_gets_it_twice_and_nobody_is_left_out(any_desk: Desk) -> None:
    staff = await opened(any_desk)
    bert = await staff.joined("manager")
    both = [await id_of(staff.ada), await id_of(bert)]
    schedule = await added(staff, recipients=both)
    any_desk.clock.now = SEVEN
    await come_due(any_desk)
    (run,) = await runs(staff, schedule)
    before, done = len(staff.post.messages), dict[str, Any]()
    for steps in (1, 1, 1):  # whom to send it to; to the one; to the other
        with pytest.raises(Died):
            await send(any_desk, run, Remembering(any_desk.actor, done, steps))
    await send(any_desk, run, Remembering(any_desk.actor, done))
    sent = staff.post.messages[before:]
    assert sorted(message.to for message in sent) == sorted([staff.owner.email, BERT])
    assert len({message.id for message in sent}) == 2
    assert (await runs(staff, schedule))[0]["mailed"] == 2


async def test_a_mail_that_goes_out_twice_is_the_same_mail(desk: Desk) -> None:
    staff = await opened(desk)
    schedule = await added(staff)
    desk.clock.now = SEVEN
    await come_due(desk)
    (run,) = await runs(staff, schedule)
    before = len(staff.post.messages)

    class Lost(Remembering):
        async def step(self, name: str, work: Callable[[], Awaitable[Result]], /) -> Result:
            done = await work()
            if name.startswith("send "):
                raise Died
            return done

    with pytest.raises(Died):
        await send(desk, run, Lost(desk.actor, {}))
    await send(desk, run)
    first, second = staff.post.messages[before:]
    assert first.id == second.id


async def test_a_large_file_is_behind_a_link_that_is_good_for_a_while(desk: Desk) -> None:
    staff = await opened(desk)
    schedule = await added(staff)
    run = (await staff.ada.post(f"{SCHEDULES}/{schedule['id']}/run")).json()
    assert run["by_hand"]
    await send(desk, run, attached_at_most=10)
    message = staff.post.messages[-1]
    assert message.attachments == ()
    link = next(line for line in message.text.splitlines() if "/v1/downloads/" in line)
    path = urlsplit(link).path
    assert (await desk.nobody().get(path)).status_code == 200
    desk.clock.passes(3 * DAY)
    assert problem(await desk.nobody().get(path)) == (409, "download_expired")
    assert (await runs(staff, schedule))[0]["attached"] is False


async def test_nothing_is_sent_that_the_owner_may_see_no_more(any_desk: Desk) -> None:
    staff = await opened(any_desk)
    bert = await staff.joined("manager")
    schedule = await added(staff, bert)
    path = f"/v1/members/{await id_of(bert)}/role"
    lowered = await staff.ada.send("PUT", path, json={"role": "viewer"}, headers=SEEN)
    assert lowered.status_code == 200, lowered.text
    any_desk.clock.now = SEVEN
    assert await come_due(any_desk) == 1
    (run,) = await runs(staff, schedule)
    assert (run["state"], run["problem"], run["export_id"]) == ("failed", "not_permitted", None)
    by_hand = await any_desk.post(f"{SCHEDULES}/{schedule['id']}/run")
    assert problem(by_hand) == (403, "not_permitted")


async def test_a_revoked_key_has_nothing_sent(desk: Desk) -> None:
    staff = await opened(desk)
    may = frozenset({Permission.EXPORT, Permission.READ_BOOKINGS})
    issued = await desk.post(
        "/v1/api-keys",
        {"name": "Sender", "mode": "test", "scopes": [each.value for each in may]},
    )
    key = issued.json()
    sender = Caller(http=desk.http, headers={"Authorization": f"Bearer {key['secret']}"})
    schedule = await added(staff, sender)
    revoked = await desk.post(f"/v1/api-keys/{key['api_key']['id']}/revoke", headers=SEEN)
    assert revoked.status_code == 200, revoked.text
    desk.clock.now = SEVEN
    await come_due(desk)
    (run,) = await runs(staff, schedule)
    assert (run["state"], run["problem"]) == ("failed", "owner_gone")


async def test_a_deactivated_organization_is_sent_nothing(desk: Desk) -> None:
    staff = await opened(desk)
    await added(staff)
    await desk.container.identity.set_status()(
        SetOrganizationStatus(
            actor=desk.actor, status=OrganizationStatus.DEACTIVATED, even_if_booked=True
        )
    )
    desk.clock.now = SEVEN
    before = len(staff.post.messages)
    await come_due(desk)
    assert len(staff.post.messages) == before


async def test_who_is_no_member_any_more_gets_nothing(desk: Desk) -> None:
    staff = await opened(desk)
    bert = await staff.joined("manager")
    bert_id = await id_of(bert)
    schedule = await added(staff, recipients=[bert_id])
    gone = await staff.ada.post(f"/v1/members/{bert_id}/deactivate", headers=SEEN)
    assert gone.status_code == 200, gone.text
    run = (await staff.ada.post(f"{SCHEDULES}/{schedule['id']}/run")).json()
    before = len(staff.post.messages)
    await send(desk, run)
    assert len(staff.post.messages) == before
    (run,) = await runs(staff, schedule)
    assert (run["state"], run["problem"]) == ("failed", "bad_recipients")


async def test_what_fails_is_told(any_desk: Desk) -> None:
    staff = await opened(any_desk)
    schedule = await added(staff)
    run = (await staff.ada.post(f"{SCHEDULES}/{schedule['id']}/run")).json()
    assert (await any_desk.send("DELETE", f"/v1/exports/{run['export_id']}")).status_code == 200
    await send(any_desk, run)
    (run,) = await runs(staff, schedule)
    assert (run["state"], run["problem"]) == ("failed", "export_not_found")
    notices: Any = any_desk.container.notifications.in_program
    assert notices is not None
    await any_desk.relay()
    await any_desk.container.event_relay().deliver(
        any_desk.container.notifications.notices_to_members(),
        any_desk.actor.organization_id,
        limit=1000,
    )
    (notice,) = (await staff.ada.get("/v1/notices")).json()["items"]
    assert notice["type"] == "report_failed"
    trail = (await any_desk.get("/v1/audit", params={"subject": schedule["id"]})).json()["items"]
    assert [record["kind"] for record in trail] == [
        "report_schedule_added",
        "scheduled_report_failed",
    ]
