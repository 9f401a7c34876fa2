"""Members: invited, appointed, let go."""

from collections import Counter
from uuid import uuid4

import attrs
import pytest

from application.identity.change_member import (
    ChangeRole,
    ChangeRoleHandler,
    DeactivateMember,
    DeactivateMemberHandler,
    RemoveMember,
    RemoveMemberHandler,
)
from application.identity.invite_member import (
    InviteAgain,
    InviteAgainHandler,
    InviteMember,
    InviteMemberHandler,
)
from application.kernel.pages import Slice
from application.kernel.ports import UseCase
from application.kernel.refusals import VersionChanged
from application.kernel.retry_stale import RetryStale
from domain.identity.mail_tokens import MailTokenRefused, Purpose
from domain.identity.members import (
    BadMemberEmail,
    BadMemberName,
    EmailTaken,
    Member,
    MemberCannotBecome,
    MemberNotFound,
    MemberState,
    RoleTooHigh,
)
from domain.identity.passwords import PasswordTooCommon, PasswordTooShort
from domain.identity.roles import Role
from domain.identity.sessions import SignInRefused
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId
from tests.contract.crowds import race
from tests.contract.offices import ANOTHER, OURS, Office
from tests.samples import DAY, OTHER_DESK

pytestmark = pytest.mark.anyio

SYSTEM = Actor.system(OURS.id)
BERT = "bert@example.com"


async def invite(
    people: Office, email: str = BERT, *, role: Role = Role.AGENT, by: Actor = SYSTEM
) -> Member:
    handler = InviteMemberHandler(unit_of_work=people.work, clock=people.clock, new_id=uuid4)
    return await RetryStale[InviteMember, Member](handler)(
        InviteMember(actor=by, email=email, name="Bert Brecht", role=role)
    )


async def accept(people: Office, token: str, password: str = ANOTHER) -> Member:
    return await people.accept(token, password)


async def joined(people: Office, email: str = BERT, *, role: Role = Role.AGENT) -> Member:
    invited = await invite(people, email, role=role)
    await people.write(Purpose.INVITATION, invited.id)
    return await accept(people, people.post.secret())


async def change_role(people: Office, member: Member, role: Role, *, by: Actor = SYSTEM) -> Member:
    change: UseCase[ChangeRole, Member] = RetryStale(
        ChangeRoleHandler(unit_of_work=people.work, clock=people.clock)
    )
    return await change(ChangeRole(actor=by, member_id=member.id, role=role, version=None))


async def deactivate(people: Office, member: Member, *, by: Actor = SYSTEM) -> Member:
    command = DeactivateMember(actor=by, member_id=member.id, version=None)
    return await DeactivateMemberHandler(unit_of_work=people.work, clock=people.clock)(command)


async def remove(people: Office, member: Member, *, by: Actor = SYSTEM) -> None:
    command = RemoveMember(actor=by, member_id=member.id, version=None)
    await RemoveMemberHandler(unit_of_work=people.work, clock=people.clock)(command)


async def stored(people: Office, member: Member) -> Member:
    return await people.views.member(SYSTEM, member.id)


async def test_a_member_comes_back_as_it_was_saved(people: Office) -> None:
    ada = await people.owner()

    assert await stored(people, ada) == ada
    assert await people.views.member_with(OURS.id, "ada@example.com") == ada
    assert (ada.state, ada.role, ada.version) == (MemberState.ACTIVE, Role.OWNER, 2)


async def test_whoever_is_invited_joins_with_a_password_of_their_own(people: Office) -> None:
    invited = await invite(people)
    with pytest.raises(SignInRefused):
        await people.sign_in(BERT, ANOTHER)
    await people.write(Purpose.INVITATION, invited.id)

    bert = await accept(people, people.post.secret())

    assert people.post.letters[-1].to == BERT
    assert "Harbour House" in people.post.letters[-1].subject
    assert (bert.state, bert.verified_at) == (MemberState.ACTIVE, people.clock())
    assert (await people.sign_in(BERT, ANOTHER)).member == bert


async def test_an_invitation_is_good_once_and_for_a_time(people: Office) -> None:
    invited = await invite(people)
    for _ in range(2):
        await people.write(Purpose.INVITATION, invited.id)
    first, second = (letter.text.split("\n\n")[1] for letter in people.post.letters)

    await accept(people, first)

    for used in (first, second, first[:-1] + "x", "fd_mail_x", ""):
        with pytest.raises(MailTokenRefused):
            await accept(people, used)
    late = await invite(people, "late@example.com")
    await people.write(Purpose.INVITATION, late.id)
    people.clock.passes(7 * DAY)
    with pytest.raises(MailTokenRefused):
        await accept(people, people.post.secret())


async def test_an_owner_is_invited_by_whoever_runs_the_program(people: Office) -> None:
    first = await people.invite_owner("Ada@example.com", "Ada Lovelace")
    again = await people.invite_owner("ada@example.com", "Somebody Else")
    with pytest.raises(SignInRefused):
        await people.sign_in()
    ada = await accept(people, again.secret)

    assert (first.member.state, first.member.role) == (MemberState.INVITED, Role.OWNER)
    assert (again.member, ada.name) == (first.member, "Ada Lovelace")
    assert ada.is_owner
    with pytest.raises(MailTokenRefused):
        await accept(people, first.secret)
    for _ in range(2):
        with pytest.raises(EmailTaken):
            await people.invite_owner("ada@example.com", "Ada Lovelace")


async def test_nobody_becomes_an_owner_by_another_link(people: Office) -> None:
    await invite(people)

    with pytest.raises(EmailTaken):
        await people.invite_owner(BERT, "Bert Brecht")


async def test_a_bad_password_uses_no_invitation_up(people: Office) -> None:
    invited = await invite(people)
    await people.write(Purpose.INVITATION, invited.id)
    secret = people.post.secret()
    for bad, refusal in (("short", PasswordTooShort), ("harbour house 2026", PasswordTooCommon)):
        with pytest.raises(refusal):
            await accept(people, secret, bad)

    assert (await accept(people, secret)).is_active


async def test_one_link_lets_one_in_however_many_follow_it(people: Office) -> None:
    invited = await invite(people)
    await people.write(Purpose.INVITATION, invited.id)
    secret = people.post.secret()

    outcomes = await race([accept(people, secret) for _ in range(8)])

    assert Counter(map(type, outcomes)) == {Member: 1, MailTokenRefused: 7}


async def test_nobody_is_written_to_who_has_come_or_gone(people: Office) -> None:
    bert = await joined(people)
    for member_id in (bert.id, None, MemberId(uuid4())):
        await people.write(Purpose.INVITATION, member_id)

    assert len(people.post.letters) == 1


async def test_who_was_invited_is_invited_again(people: Office) -> None:
    again = InviteAgainHandler(unit_of_work=people.work, clock=people.clock)
    invited = await invite(people)
    command = InviteAgain(actor=SYSTEM, member_id=invited.id)

    assert await again(command) == invited
    await people.write(Purpose.INVITATION, invited.id)
    await accept(people, people.post.secret())
    with pytest.raises(MemberCannotBecome):
        await again(command)


async def test_an_address_is_that_of_one_member(people: Office) -> None:
    await people.owner()

    with pytest.raises(EmailTaken):
        await invite(people, "Ada@Example.com")
    outcomes = await race([invite(people) for _ in range(4)])
    assert Counter(map(type, outcomes)) == {Member: 1, EmailTaken: 3}


@pytest.mark.parametrize(
    ("email", "name", "refusal"),
    [("nobody", "Bert", BadMemberEmail), (BERT, "\x07", BadMemberName)],
)
async def test_addresses_and_names_look_like_some(
    people: Office, email: str, name: str, refusal: type[Exception]
) -> None:
    handler = InviteMemberHandler(unit_of_work=people.work, clock=people.clock, new_id=uuid4)

    with pytest.raises(refusal):
        await handler(InviteMember(actor=SYSTEM, email=email, name=name, role=Role.AGENT))


async def test_nobody_decides_about_who_is_more(people: Office) -> None:
    ada, admin = await people.owner(), await joined(people, role=Role.ADMIN)
    by = attrs.evolve(SYSTEM, id=admin.actor.id, permissions=Role.ADMIN.permissions)

    for refused in (
        invite(people, "x@example.com", role=Role.OWNER, by=by),
        change_role(people, ada, Role.VIEWER, by=by),
        change_role(people, admin, Role.OWNER, by=by),
        deactivate(people, ada, by=by),
        remove(people, ada, by=by),
    ):
        with pytest.raises(RoleTooHigh):
            await refused
    assert (await invite(people, "x@example.com", role=Role.ADMIN, by=by)).role is Role.ADMIN


async def test_a_decision_is_about_the_version_that_was_seen(people: Office) -> None:
    bert = await joined(people)
    await change_role(people, bert, Role.MANAGER)

    with pytest.raises(VersionChanged):
        await ChangeRoleHandler(unit_of_work=people.work, clock=people.clock)(
            ChangeRole(actor=SYSTEM, member_id=bert.id, role=Role.VIEWER, version=bert.version)
        )


async def test_members_of_others_do_not_exist(people: Office) -> None:
    bert = await joined(people)

    for theirs in (
        people.views.member(OTHER_DESK, bert.id),
        change_role(people, bert, Role.VIEWER, by=OTHER_DESK),
        deactivate(people, bert, by=OTHER_DESK),
        remove(people, bert, by=OTHER_DESK),
    ):
        with pytest.raises(MemberNotFound):
            await theirs
    assert await people.views.recipient(OTHER_DESK, bert.id) is None
    assert await people.views.member_with(OTHER_DESK.organization_id, BERT) is None
    assert (await people.views.members(OTHER_DESK, slice=Slice(limit=10))).items == []
