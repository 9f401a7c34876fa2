"""Whoever registers an organization has its short name once their address is proved."""

from typing import Any
from uuid import uuid4

import pytest

from application.identity.accept_invitation import AcceptInvitation, AcceptInvitationHandler
from application.identity.register import Register, RegisterHandler, RegistrationClosed
from application.identity.send_member_letter import SendMemberLetter
from application.kernel.jobs import QueuedJob
from application.kernel.retry_stale import RetryStale
from domain.identity.mail_tokens import Purpose
from domain.identity.members import Member
from domain.identity.organizations import BadSlug, Organization, SlugTaken
from domain.kernel.actors import Actor
from domain.kernel.identifiers import JobId
from tests.contract.offices import ANOTHER, HOME, Context, Office

pytestmark = pytest.mark.anyio


async def register(
    people: Office, slug: str = "seaside", email: str = "eve@example.com", *, is_open: bool = True
) -> Organization:
    handler = RegisterHandler(
        unit_of_work=people.work,
        views=people.views,
        tries=people.tries,
        try_limits=people.try_limits,
        clock=people.clock,
        new_id=uuid4,
        is_open=is_open,
    )
    return await handler(
        Register(slug=slug, name="Seaside", owner_name="Eve Foe", owner_email=email, address=HOME)
    )


async def accept(people: Office, organization: Organization, email: str) -> Member:
    """The link in the letter to whoever registered it."""
    owner = await people.views.member_with(organization.id, email)
    assert owner
    actor, job = (
        Actor.system(organization.id),
        SendMemberLetter(purpose=Purpose.INVITATION, member_id=owner.id).job,
    )
    queued: dict[str, Any] = {"id": JobId(uuid4()), "organization_id": organization.id}
    await people.letters(QueuedJob(name=job.name, payload=job.payload, **queued), Context(actor))
    handler = AcceptInvitationHandler(
        unit_of_work=people.work,
        links=people.links,
        new_passwords=people.new_passwords,
        clock=people.clock,
    )
    command = AcceptInvitation(token=people.post.secret(), password=ANOTHER)
    return await RetryStale[AcceptInvitation, Member](handler)(command)


async def test_a_slug_is_taken_by_who_proves_to_be_there(people: Office) -> None:
    squatting = await register(people)
    assert await people.views.organization_called("seaside") is None
    honest = await register(people, email="ada@example.com")
    await accept(people, honest, "ada@example.com")

    assert await people.views.organization_called("seaside") == honest.id
    with pytest.raises(SlugTaken):
        await register(people, email="late@example.com")
    with pytest.raises(SlugTaken):
        await accept(people, squatting, "eve@example.com")
    await people.sign_in("ada@example.com", ANOTHER, slug="seaside")
    eve = await people.views.member_with(squatting.id, "eve@example.com")
    assert eve
    assert not eve.is_active


async def test_a_registered_organization_has_a_name_like_any_other(people: Office) -> None:
    with pytest.raises(BadSlug):
        await register(people, "-")
    with pytest.raises(RegistrationClosed):
        await register(people, is_open=False)
