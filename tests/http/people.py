"""Members of the desk, over HTTP, and the letters they get."""

from typing import Any
from uuid import uuid4

import attrs
import httpx
from dependency_injector import providers

from application.identity.accept_invitation import AcceptInvitation
from application.identity.invite_owner import InviteOwner
from application.identity.send_member_letter import SendMemberLetter
from application.kernel.jobs import QueuedJob
from application.notifications.ports import Mailer
from domain.identity.mail_tokens import Purpose
from domain.identity.members import Member
from domain.kernel.identifiers import JobId, MemberId
from domain.notifications.messages import Message
from tests.contract.offices import PASSWORD, Context
from tests.http.desk import Caller, Desk

ADA, BERT = "ada@example.com", "bert@example.com"
ANOTHER = "nobody knows this one yet"


@attrs.frozen
class Postbox(Mailer):
    messages: list[Message] = attrs.field(factory=list)

    async def send(self, message: Message, /) -> None:
        self.messages.append(message)


async def owner_of(desk: Desk, slug: str, email: str, name: str) -> Member:
    """Who was invited by the operator, and chose PASSWORD."""
    people = desk.container.people
    organization = await desk.container.identity.organization_views().called(slug)
    invited = await people.invite_owner()(
        InviteOwner(organization=organization, email=email, name=name)
    )
    owner: Member = await people.accept_invitation()(
        AcceptInvitation(token=invited.secret, password=PASSWORD)
    )
    return owner


@attrs.frozen(kw_only=True)
class Staff:
    """A desk with an owner, who has signed in."""

    desk: Desk
    post: Postbox
    owner: Member
    ada: Caller

    @classmethod
    async def of(cls, desk: Desk) -> "Staff":
        post = Postbox()
        desk.container.notifications.mailer.override(providers.Object(post))
        owner = await owner_of(desk, "desk", ADA, "Ada Lovelace")
        staff = cls(desk=desk, post=post, owner=owner, ada=Caller(http=desk.http))
        return attrs.evolve(staff, ada=await staff.signed_in())

    async def sign_in(
        self, email: str = ADA, password: str = PASSWORD, **headers: str
    ) -> httpx.Response:
        said = {"organization": "desk", "email": email, "password": password}
        return await self.desk.nobody().post("/v1/sessions", said, key="", headers=headers)

    async def signed_in(self, email: str = ADA, password: str = PASSWORD) -> Caller:
        opened = await self.sign_in(email, password)
        assert opened.status_code == 201, opened.text
        return self.opened(opened)

    def opened(self, opened: httpx.Response) -> Caller:
        """By the token in an answer."""
        headers = {"Authorization": f"Bearer {opened.json()['token']}"}
        return Caller(http=self.desk.http, headers=headers)

    async def letter(self, purpose: Purpose, member_id: Any) -> str:
        """The token in the letter, once the worker has written it."""
        letter = SendMemberLetter(purpose=purpose, member_id=MemberId(member_id))
        job = QueuedJob(
            id=JobId(uuid4()),
            organization_id=self.desk.actor.organization_id,
            name=letter.job.name,
            payload=letter.job.payload,
        )
        await self.desk.container.people.send_member_letter()(job, Context(self.desk.actor))
        return self.post.messages[-1].text.split("\n\n")[1]

    async def joined(self, role: str, email: str = BERT) -> Caller:
        """Somebody who was invited, has accepted and has signed in."""
        said = {"email": email, "name": "Bert Brecht", "role": role}
        invited = await self.ada.post("/v1/members", said)
        assert invited.status_code == 201, invited.text
        token = await self.letter(Purpose.INVITATION, invited.json()["id"])
        accepted = await self.desk.nobody().post(
            "/v1/invitations/accept", {"token": token, "password": ANOTHER}, key=""
        )
        assert accepted.status_code == 200, accepted.text
        return await self.signed_in(email, ANOTHER)


async def owner_signed_in(desk: Desk, word: str) -> Caller:
    """From a browser that is called by the word."""
    email = f"owner@{word}.example"
    await owner_of(desk, word, email, f"Ada {word}")
    said = {"organization": word, "email": email, "password": PASSWORD}
    opened = await desk.nobody().post("/v1/sessions", said, key="", headers={"User-Agent": word})
    assert opened.status_code == 201, opened.text
    return Caller(http=desk.http, headers={"Authorization": f"Bearer {opened.json()['token']}"})
