"""Scheduled reports that nobody takes, or that nobody finishes: their runs come to an end."""

from datetime import timedelta
from typing import Any

import attrs
import pytest

from application.analytics.schedule_ports import Addressee, Posted, ReportLetter, ReportPost
from application.kernel.jobs import PassingTrouble
from application.kernel.refusals import Unavailable
from tests.http.desk import Desk
from tests.http.people import BERT, Staff
from tests.http.report_scheduling import (
    DAY,
    SCHEDULES,
    SEVEN,
    Remembering,
    added,
    come_due,
    id_of,
    opened,
    runs,
    send,
)

pytestmark = pytest.mark.anyio


@attrs.define
class Reluctant(ReportPost):
    """Takes what is for Bert, and once it is `again` what is for others."""

    again: bool = False
    taken: list[str] = attrs.field(factory=list)

    async def send(self, letter: ReportLetter, to: Addressee, /) -> Posted:
        if to.email != BERT and not self.again:
            return Posted.LATER
        self.taken.append(to.email)
        return Posted.TAKEN


async def begun_for_both(desk: Desk) -> tuple[Staff, Any, Any]:
    """Who works there, the schedule, and its run."""
    staff = await opened(desk)
    bert = await staff.joined("manager")
    both = [await id_of(staff.ada), await id_of(bert)]
    schedule = await added(staff, recipients=both)
    run = (await staff.ada.post(f"{SCHEDULES}/{schedule['id']}/run")).json()
    return staff, schedule, run


async def test_a_mail_host_that_takes_no_letter_is_waited_for(desk: Desk) -> None:
    staff, schedule, run = await begun_for_both(desk)
    post, done = Reluctant(), dict[str, Any]()
    with pytest.raises(Unavailable):
        await send(desk, run, Remembering(desk.actor, done), post=post)
    assert post.taken == [BERT], "nobody waits for the letter of somebody else"
    post.again = True
    await send(desk, run, Remembering(desk.actor, done), post=post)
    assert post.taken == [BERT, staff.owner.email]
    (run,) = await runs(staff, schedule)
    assert (run["state"], run["mailed"]) == ("sent", 2)


async def test_a_mail_host_that_takes_none_for_long_fails_the_run(desk: Desk) -> None:
    staff, schedule, run = await begun_for_both(desk)
    post, done = Reluctant(), dict[str, Any]()
    with pytest.raises(Unavailable):
        await send(desk, run, Remembering(desk.actor, done), post=post)
    desk.clock.passes(timedelta(minutes=15))
    await send(desk, run, Remembering(desk.actor, done), post=post)
    (run,) = await runs(staff, schedule)
    assert (run["state"], run["problem"], run["mailed"]) == ("failed", "mail_not_taken", 1)


async def test_a_report_waits_for_a_mail_host_that_is_away(desk: Desk) -> None:
    staff = await opened(desk)
    schedule = await added(staff)
    run = (await staff.ada.post(f"{SCHEDULES}/{schedule['id']}/run")).json()
    post = Reluctant()
    with pytest.raises(PassingTrouble):
        await send(desk, run, post=post)
    assert (await runs(staff, schedule))[0]["state"] == "running"
    desk.clock.passes(2 * DAY)
    await send(desk, run, post=post)
    (run,) = await runs(staff, schedule)
    assert (run["state"], run["problem"], run["mailed"]) == ("failed", "mail_not_taken", 0)


async def test_a_run_that_dies_has_failed(desk: Desk) -> None:
    staff = await opened(desk)
    schedule = await added(staff)
    run = (await staff.ada.post(f"{SCHEDULES}/{schedule['id']}/run")).json()

    class Broken(ReportPost):
        async def send(self, letter: ReportLetter, to: Addressee, /) -> Posted:
            raise LookupError

    with pytest.raises(LookupError):
        await send(desk, run, post=Broken())
    (run,) = await runs(staff, schedule)
    assert (run["state"], run["problem"]) == ("failed", "unfinished")


async def test_a_run_that_everybody_left_has_failed_by_the_next_occasion(any_desk: Desk) -> None:
    staff = await opened(any_desk)
    schedule = await added(staff)
    for day in (0, 4, 8):
        any_desk.clock.now = SEVEN + day * DAY + timedelta(minutes=day)
        await come_due(any_desk)
    assert [(run["state"], run["problem"]) for run in await runs(staff, schedule)] == [
        ("running", None),
        ("failed", "abandoned"),
        ("failed", "abandoned"),
    ]
