"""What is said in a call has it escalated, and scored once it is over; owners hear of that."""

from datetime import timedelta

import pytest

from application.calls.add_lines import AddLines
from application.calls.people_views import EscalationFilter
from application.calls.quality_ports import QualityWork
from application.identity.accept_invitation import AcceptInvitation
from application.identity.invite_owner import InviteOwner
from application.kernel.pages import Slice
from domain.calls.call import Call
from domain.calls.quality import CallQuality
from domain.calls.status import CallStatus
from domain.calls.transcript import Said
from domain.calls.triggers import Trigger
from domain.calls.utterances import Speaker
from entrypoints.wiring.ambient import utc_now
from tests.contract.desks import Desk
from tests.samples_of_calls import call_id, heard, talking
from tests.worker.offices import Place, at_work, eventually

pytestmark = pytest.mark.anyio

EMAIL, PASSWORD = "ada@example.com", "nobody knows this one yet"


async def owned(desk: Desk) -> None:
    people = desk.container.people
    organization = await desk.container.identity.organization_views().called("demo")
    invited = await people.invite_owner()(
        InviteOwner(organization=organization, email=EMAIL, name="Ada Lovelace")
    )
    await people.accept_invitation()(AcceptInvitation(token=invited.secret, password=PASSWORD))


async def spoken_badly(desk: Desk) -> None:
    """A call is answered, and everything goes wrong."""
    now = utc_now()

    def answer(work: QualityWork) -> Call:
        return work.calls.save(talking(now=now))

    await desk.container.call_quality.unit_of_work()(desk.actor, answer)
    said = tuple(
        Said(
            speaker=Speaker.CUSTOMER,
            text="That is terrible, awful and useless: 4111 1111 1111 1111",
            begins_at=now + timedelta(seconds=second),
        )
        for second in range(6)
    )
    await desk.container.call_quality.add_lines()(
        AddLines(actor=desk.actor, call_id=call_id(), said=said)
    )


async def ended(desk: Desk) -> None:
    def end(work: QualityWork) -> Call:
        down = heard(CallStatus.COMPLETED, utc_now())
        return work.calls.save(work.calls.locked(call_id()).hear(down))

    await desk.container.call_quality.unit_of_work()(desk.actor, end)


async def test_a_call_is_scored_when_it_is_over_and_owners_hear_of_it(
    desk: Desk, place: Place
) -> None:
    await owned(desk)

    async def quality() -> CallQuality:
        found = await desk.container.call_quality.views().quality(desk.actor, call_id())
        assert isinstance(found, CallQuality)
        return found

    async def is_escalated() -> bool:
        escalated = EscalationFilter(call_id=call_id(), trigger=Trigger.SENTIMENT)
        views = desk.container.escalations.escalation_views()
        page = await views.escalations(desk.actor, filter=escalated, slice=Slice(limit=2))
        return len(page.items) == 1

    async def is_told() -> bool:
        return any(mail["To"] == EMAIL for mail in place.mail())

    async with at_work(desk.container):
        await spoken_badly(desk)
        await eventually(is_escalated)
        assert (await quality()).score is None  # it goes on
        await ended(desk)
        await eventually(is_told)

    found = await quality()
    assert found.score is not None
    assert found.score < 600
    (mail,) = (mail for mail in place.mail() if mail["To"] == EMAIL)
    assert str(call_id()) in mail.get_content()
    assert "terrible" not in mail.as_string()
