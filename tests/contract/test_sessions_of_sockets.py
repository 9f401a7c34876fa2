"""A session lets its member listen for as long as it is good, and as who they are by then."""

import pytest

from application.identity.admit_session import AdmitSession
from application.identity.change_member import (
    ChangeRole,
    ChangeRoleHandler,
    DeactivateMember,
    DeactivateMemberHandler,
)
from application.identity.open_session import OpenedSession
from domain.identity.api_keys import Unauthenticated
from domain.identity.roles import Role
from domain.kernel.actors import Actor
from tests.contract.offices import LIMITS, OURS, Office
from tests.samples import OTHER_DESK

pytestmark = pytest.mark.anyio

SYSTEM = Actor.system(OURS.id)


async def admitted(people: Office, opened: OpenedSession) -> Actor:
    admit = AdmitSession(views=people.views, limits=LIMITS, clock=people.clock)
    return await admit(OURS.id, opened.session.id)


async def test_whoever_has_signed_in_may_listen(people: Office) -> None:
    ada = await people.owner()
    opened = await people.sign_in()

    assert await admitted(people, opened) == ada.actor
    assert await people.views.signed_in_by(OTHER_DESK.organization_id, opened.session.id) is None
    await people.work(ada.actor, lambda work: work.sessions.end(ada.id, opened.session.id))
    with pytest.raises(Unauthenticated):
        await admitted(people, opened)


async def test_listening_does_not_keep_a_session_alive(people: Office) -> None:
    await people.owner()
    opened = await people.sign_in()
    people.clock.passes(LIMITS.idle / 2)
    await admitted(people, opened)
    people.clock.passes(LIMITS.idle / 2)

    with pytest.raises(Unauthenticated):
        await admitted(people, opened)


async def test_who_may_do_less_is_somebody_else(people: Office) -> None:
    await people.owner("eve@example.com", "Eve")
    ada = await people.owner()
    opened = await people.sign_in()
    demote = ChangeRole(actor=SYSTEM, member_id=ada.id, role=Role.VIEWER, version=None)
    await ChangeRoleHandler(unit_of_work=people.work, clock=people.clock)(demote)

    assert (await admitted(people, opened)).permissions == Role.VIEWER.permissions
    leave = DeactivateMember(actor=SYSTEM, member_id=ada.id, version=None)
    await DeactivateMemberHandler(unit_of_work=people.work, clock=people.clock)(leave)
    with pytest.raises(Unauthenticated):
        await admitted(people, opened)
