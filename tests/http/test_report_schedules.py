"""Which reports are sent by the clock, by whom, and what cannot be sent."""

import pytest

from domain.kernel.actors import Permission
from tests.http.desk import Desk, problem
from tests.http.report_scheduling import (
    DAY,
    SCHEDULES,
    SEEN,
    SEVEN,
    added,
    come_due,
    daily,
    id_of,
    opened,
)

pytestmark = pytest.mark.anyio


async def test_it_rests_goes_on_and_ends(any_desk: Desk) -> None:
    staff = await opened(any_desk)
    asked = daily(await id_of(staff.ada))
    schedule = await added(staff)
    path = f"{SCHEDULES}/{schedule['id']}"
    paused = await any_desk.post(f"{path}/pause", headers=SEEN)
    assert (paused.json()["state"], paused.json()["next_due_at"]) == ("paused", None)
    assert problem(await any_desk.post(f"{path}/pause", headers=SEEN)) == (
        409,
        "wrong_schedule_state",
    )
    any_desk.clock.now = SEVEN + DAY
    assert await come_due(any_desk) == 0
    answer = await any_desk.post(f"{path}/resume", headers=SEEN)
    assert answer.status_code == 200, answer.text
    resumed = answer.json()
    assert resumed["next_due_at"] == "2027-03-04T07:00:00Z"
    changed = await any_desk.send(
        "PUT",
        path,
        json={**asked, "covers": "month", "name": "Monthly"},
        headers={"If-Match": f'"{resumed["version"]}"'},
    )
    assert (changed.status_code, changed.json()["name"]) == (200, "Monthly")
    await any_desk.post(f"{path}/run")
    assert (await any_desk.send("DELETE", path)).status_code == 200
    assert problem(await any_desk.get(path)) == (404, "report_schedule_not_found")


async def test_others_do_not_see_it_and_whoever_changes_it_owns_it(desk: Desk) -> None:
    staff = await opened(desk)
    may = frozenset({Permission.EXPORT, Permission.READ_BOOKINGS})
    one, other = await desk.caller(may), await desk.caller(may)
    schedule = await added(staff, one)
    path = f"{SCHEDULES}/{schedule['id']}"
    for hidden in (
        await other.get(path),
        await other.get(f"{path}/runs"),
        await other.post(f"{path}/run"),
        await other.post(f"{path}/pause", headers=SEEN),
        await other.send("DELETE", path),
    ):
        assert problem(hidden) == (404, "report_schedule_not_found")
    listed = [(await who.get(SCHEDULES)).json()["items"] for who in (one, other, desk)]
    assert list(map(len, listed)) == [1, 0, 1]
    asked = daily(await id_of(staff.ada))
    changed = await staff.ada.send("PUT", path, json=asked, headers=SEEN)
    assert changed.json()["owner_id"] == await id_of(staff.ada)


async def test_what_cannot_be_sent_is_refused_at_once(desk: Desk) -> None:
    staff = await opened(desk)
    asked = daily(await id_of(staff.ada))
    stranger = "00000000-0000-7000-8000-000000000000"
    for changes, status, code in (
        ({"report": "nothing"}, 404, "report_not_found"),
        ({"filters": {"colour": "red"}}, 422, "unknown_filter"),
        ({"recipients": [stranger]}, 422, "bad_recipients"),
        ({"recipients": asked["recipients"] * 2}, 422, "bad_recipients"),
        ({"schedule": {"cron": "* * * * *", "zone": "UTC"}}, 422, "too_often"),
        ({"schedule": {"cron": "0 7 30 2 *", "zone": "UTC"}}, 422, "bad_cron"),
    ):
        refused = await staff.ada.post(SCHEDULES, {**asked, **changes})
        assert problem(refused) == (status, code)
    seeing = await desk.caller(frozenset({Permission.EXPORT}))
    assert problem(await seeing.post(SCHEDULES, asked)) == (403, "not_permitted")
