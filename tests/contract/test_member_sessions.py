"""Sessions of members: opened by a password, used up by time, ended at once."""

from datetime import timedelta

import attrs
import pytest

from application.identity.change_account import ChangePassword, ChangePasswordHandler
from application.identity.change_member import (
    ChangeRole,
    ChangeRoleHandler,
    DeactivateMember,
    DeactivateMemberHandler,
)
from application.identity.end_sessions import (
    EndOwnSessions,
    EndOwnSessionsHandler,
    EndSession,
    EndSessionHandler,
    EndSessionsOf,
    EndSessionsOfHandler,
)
from application.identity.open_session import OpenedSession
from application.identity.reauthentication import ConfirmSession, ConfirmSessionHandler
from application.identity.renewed_sessions import RenewedSession
from application.kernel.refusals import RateLimited
from domain.identity.api_keys import Unauthenticated
from domain.identity.members import RoleTooHigh
from domain.identity.passwords import PasswordTooShort
from domain.identity.roles import Role
from domain.identity.sessions import SessionNotFound, SignInAgain, SignInRefused, WrongPassword
from domain.kernel.actors import Actor
from tests.contract.offices import ANOTHER, HOME, LIMITS, OURS, PASSWORD, Office
from tests.samples import MINUTE, OTHER_DESK, SECOND

pytestmark = pytest.mark.anyio

SYSTEM = Actor.system(OURS.id)


async def is_good(people: Office, opened: OpenedSession) -> bool:
    try:
        await people.authenticate(opened.secret)
    except Unauthenticated:
        return False
    return True


async def change_password(
    people: Office, opened: OpenedSession, current: str, new: str
) -> RenewedSession:
    handler = ChangePasswordHandler(
        unit_of_work=people.work,
        views=people.views,
        reauthentication=people.reauthentication,
        new_passwords=people.new_passwords,
        renewal=people.renewal,
        clock=people.clock,
    )
    return await handler(
        ChangePassword(
            actor=opened.member.actor,
            session_id=opened.session.id,
            current=current,
            password=new,
            address=HOME,
        )
    )


async def test_a_session_stands_for_its_member(people: Office) -> None:
    ada = await people.owner()
    opened = await people.sign_in("ADA@example.com ")

    signed_in = await people.authenticate(opened.secret)

    assert signed_in.session == opened.session
    assert signed_in.member.actor == ada.actor
    assert ada.actor.permissions == Role.OWNER.permissions
    assert opened.secret not in repr(opened)


async def test_what_is_no_session_opens_nothing(people: Office) -> None:
    await people.owner()
    secret = (await people.sign_in()).secret
    theirs = secret.replace(OURS.id.hex, OTHER_DESK.organization_id.hex)

    for forged in ("", "fd_session_x", secret[:-1], secret + "x", secret[:-1] + "_", theirs):
        with pytest.raises(Unauthenticated):
            await people.authenticate(forged)


@pytest.mark.parametrize(
    ("slug", "email", "password"),
    [
        ("ours", "ada@example.com", "wrong"),
        ("ours", "bert@example.com", PASSWORD),
        ("theirs", "ada@example.com", PASSWORD),
    ],
)
async def test_whoever_is_meant_the_same_is_done_and_said(
    people: Office, slug: str, email: str, password: str
) -> None:
    await people.owner()

    with pytest.raises(SignInRefused):
        await people.sign_in(email, password, slug=slug)
    assert len(people.hasher.asked) == 1  # looking for nobody takes as long


async def test_an_unused_session_ends_and_a_used_one_goes_on(people: Office) -> None:
    await people.owner()
    used, unused = await people.sign_in(), await people.sign_in()

    people.clock.passes(LIMITS.idle - SECOND)
    await people.authenticate(used.secret)
    people.clock.passes(SECOND)

    assert await is_good(people, used)
    assert not await is_good(people, unused)


async def test_every_session_ends_in_the_end(people: Office) -> None:
    await people.owner()
    opened = await people.sign_in()
    for _ in range(LIMITS.longest // (30 * MINUTE) - 1):
        people.clock.passes(timedelta(minutes=30))
        await people.authenticate(opened.secret)
    people.clock.passes(timedelta(minutes=30))

    assert not await is_good(people, opened)
    await people.sign_in()
    assert len(await people.views.sessions(SYSTEM, opened.member.id)) == 1


async def test_members_see_their_sessions_and_end_one_or_all(people: Office) -> None:
    ada, bert = await people.owner(), await people.owner("bert@example.com", "Bert")
    first, second, third = [await people.sign_in() for _ in range(3)]
    his = await people.sign_in("bert@example.com")
    end = EndSessionHandler(unit_of_work=people.work)

    with pytest.raises(SessionNotFound):
        await end(EndSession(actor=bert.actor, session_id=first.session.id))
    await end(EndSession(actor=ada.actor, session_id=first.session.id))

    left = await people.views.sessions(ada.actor, ada.id)
    assert {one.id for one in left} == {second.session.id, third.session.id}
    assert (left[0].device, left[0].address) == ("a browser", HOME)
    assert await people.views.sessions(OTHER_DESK, ada.id) == []
    ended = await EndOwnSessionsHandler(unit_of_work=people.work)(EndOwnSessions(actor=ada.actor))
    assert ended == 2
    goods = [await is_good(people, one) for one in (first, second, third, his)]
    assert goods == [False, False, False, True]


async def test_admins_end_the_sessions_of_others(people: Office) -> None:
    ada = await people.owner()
    opened = await people.sign_in()
    end = EndSessionsOfHandler(unit_of_work=people.work, clock=people.clock)
    admin = attrs.evolve(SYSTEM, permissions=Role.ADMIN.permissions)

    with pytest.raises(RoleTooHigh):
        await end(EndSessionsOf(actor=admin, member_id=ada.id))
    assert await end(EndSessionsOf(actor=SYSTEM, member_id=ada.id)) == 1
    assert not await is_good(people, opened)


async def test_a_role_counts_at_once(people: Office) -> None:
    await people.owner()
    bert = await people.owner("bert@example.com", "Bert")
    opened = await people.sign_in("bert@example.com")
    await ChangeRoleHandler(unit_of_work=people.work, clock=people.clock)(
        ChangeRole(actor=SYSTEM, member_id=bert.id, role=Role.VIEWER, version=None)
    )

    signed_in = await people.authenticate(opened.secret)

    assert signed_in.member.actor.permissions == Role.VIEWER.permissions


async def test_who_is_deactivated_is_out(people: Office) -> None:
    await people.owner()
    bert = await people.owner("bert@example.com", "Bert")
    opened = await people.sign_in("bert@example.com")
    await DeactivateMemberHandler(unit_of_work=people.work, clock=people.clock)(
        DeactivateMember(actor=SYSTEM, member_id=bert.id, version=None)
    )

    assert not await is_good(people, opened)
    with pytest.raises(SignInRefused):
        await people.sign_in("bert@example.com")


async def test_a_new_password_ends_the_other_sessions(people: Office) -> None:
    await people.owner()
    here, elsewhere = await people.sign_in(), await people.sign_in()
    for current, new, refusal in (
        ("wrong", ANOTHER, WrongPassword),
        (PASSWORD, "short", PasswordTooShort),
    ):
        with pytest.raises(refusal):
            await change_password(people, here, current, new)
    renewed = await change_password(people, here, PASSWORD, ANOTHER)

    assert (await people.authenticate(renewed.secret)).session.id == here.session.id
    assert not await is_good(people, here)
    assert not await is_good(people, elsewhere)
    with pytest.raises(SignInRefused):
        await people.sign_in()
    await people.sign_in(password=ANOTHER)


async def test_the_password_is_shown_again_for_what_is_sensitive(people: Office) -> None:
    ada = await people.owner()
    opened = await people.sign_in()
    confirm = ConfirmSessionHandler(
        unit_of_work=people.work,
        reauthentication=people.reauthentication,
        codes=people.codes,
        renewal=people.renewal,
    )

    here = ConfirmSession(
        actor=ada.actor, session_id=opened.session.id, password=PASSWORD, address=HOME
    )

    people.clock.passes(LIMITS.recent)
    late = (await people.authenticate(opened.secret)).session
    with pytest.raises(SignInAgain):
        late.must_be_recent(LIMITS, now=people.clock())
    with pytest.raises(WrongPassword):
        await confirm(attrs.evolve(here, password="wrong"))  # noqa: S106
    renewed = await confirm(here)

    again = (await people.authenticate(renewed.secret)).session
    again.must_be_recent(LIMITS, now=people.clock())
    assert (again.id, again.expires_at) == (late.id, late.expires_at)
    assert renewed.secret not in repr(renewed)
    assert not await is_good(people, opened)


async def test_a_stolen_session_is_no_way_to_guess_the_password(people: Office) -> None:
    await people.owner()
    opened = await people.sign_in()
    for _ in range(people.try_limits.here):
        with pytest.raises(WrongPassword):
            await change_password(people, opened, "wrong", ANOTHER)

    with pytest.raises(RateLimited):
        await change_password(people, opened, PASSWORD, ANOTHER)
