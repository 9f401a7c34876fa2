"""Letters arrive at least once, whatever the mail server does, and twice only under one id.

SMTP cannot tell whether a mail was taken whose answer got lost: it is sent again with the same
`Message-ID`, by which the recipient's program shows one. Links are drawn anew and all are good
until one is followed, so it does not matter which of the two is kept.
"""

from collections.abc import AsyncIterator, Mapping
from uuid import uuid4

import attrs
import pytest

from adapters.mail.letters import LinksToPage, MailedLetters
from adapters.mail.mime import Sender
from adapters.mail.smtp import Security, SmtpMailer, SmtpServer
from application.identity.accept_invitation import AcceptInvitation, AcceptInvitationHandler
from application.identity.change_account import ConfirmEmail, ConfirmEmailHandler
from application.identity.send_member_letter import SendMemberLetter
from application.kernel.jobs import QueuedJob
from domain.identity.mail_tokens import MailTokenRefused, Purpose
from domain.identity.members import Member
from domain.identity.roles import Role
from domain.kernel.actors import Actor
from domain.kernel.identifiers import JobId
from tests.contract.offices import ANOTHER, OURS, Office, office
from tests.contract.test_members import invite
from tests.contract.test_password_resets import reset
from tests.fakes.jobs import MemoryJobEngine
from tests.smtp_server import LOST, SLOW, Script, smtp_server

pytestmark = pytest.mark.anyio

SYSTEM = Actor.system(OURS.id)
SENDER = Sender(name="Front desk", address="desk@example.org")
IMPATIENT = 0.2


@pytest.fixture
async def people(anyio_backend: object) -> AsyncIterator[Office]:  # noqa: ARG001
    async with office(None) as people:
        yield people


async def addressed(people: Office, purpose: Purpose) -> Member:
    """Somebody who has a use for such a letter."""
    if purpose is Purpose.INVITATION:
        return await invite(people, role=Role.AGENT)
    ada = await people.owner()
    moving = ada.about_to_move("lovelace@example.com")
    return await people.work(SYSTEM, lambda work: work.members.save(moving))


async def follow(people: Office, purpose: Purpose, token: str) -> None:
    """The link in the letter."""
    if purpose is Purpose.INVITATION:
        accept = AcceptInvitationHandler(
            unit_of_work=people.work,
            links=people.links,
            new_passwords=people.new_passwords,
            clock=people.clock,
        )
        await accept(AcceptInvitation(token=token, password=ANOTHER))
    elif purpose is Purpose.EMAIL:
        confirm = ConfirmEmailHandler(
            unit_of_work=people.work, links=people.links, clock=people.clock
        )
        await confirm(ConfirmEmail(token=token))
    else:
        await reset(people, token)


async def at_work(people: Office, script: Script, *letters: SendMemberLetter) -> MemoryJobEngine:
    """An engine that has done with the letters, one way or the other."""
    server = SmtpServer(
        host="127.0.0.1", port=script.port, security=Security.NONE, timeout=IMPATIENT
    )
    mailer = SmtpMailer(server=server, sender=SENDER, clock=people.clock)
    send = attrs.evolve(
        people.letters, letters=MailedLetters(mailer), links=LinksToPage(page=None)
    )
    engine = MemoryJobEngine(clock=people.clock, actor_of=Actor.system)
    await engine.start({SendMemberLetter.JOB: send})
    queued = [
        QueuedJob(
            id=JobId(uuid4()),
            organization_id=OURS.id,
            name=letter.job.name,
            payload=letter.job.payload,
        )
        for letter in letters
    ]
    await engine.submit(queued)
    await engine.drain()
    return engine


def tokens(script: Script) -> list[str]:
    return [mail.get_content().replace("\r", "").split("\n\n")[1] for mail in script.inbox]


@pytest.mark.parametrize(
    "at_first",
    [
        {"greeting": ["421 not now", ""]},
        {"RCPT": ["450 mailbox busy"] * 3},
        {"DATA": ["451 later"], ".": ["452 disk full", ""]},
        {"MAIL": [SLOW]},
    ],
    ids=["closed", "busy", "full", "slow"],
)
async def test_who_was_not_reached_is_written_to_once_they_are(
    people: Office, at_first: Mapping[str, list[str]]
) -> None:
    ada = await people.owner()
    with smtp_server(Script(at_first=at_first)) as script:
        engine = await at_work(
            people, script, SendMemberLetter(purpose=Purpose.RESET, member_id=ada.id)
        )

    (token,) = tokens(script)
    await follow(people, Purpose.RESET, token)
    assert await engine.dead(limit=9) == ()


@pytest.mark.parametrize("fault", [LOST, SLOW])
@pytest.mark.parametrize("purpose", Purpose)
async def test_a_letter_whose_answer_got_lost_comes_twice_under_one_id(
    people: Office, purpose: Purpose, fault: str
) -> None:
    member = await addressed(people, purpose)
    with smtp_server(Script(at_first={".": [fault]})) as script:
        await at_work(people, script, SendMemberLetter(purpose=purpose, member_id=member.id))

    assert len({mail["Message-ID"] for mail in script.inbox}) == 1
    first, second = tokens(script)
    assert first != second
    await follow(people, purpose, first)
    with pytest.raises(MailTokenRefused):
        await follow(people, purpose, second)


@pytest.mark.parametrize(
    "answers",
    [{"RCPT": "550 nobody of that name"}, {"RCPT": "450 busy"}, {".": "554 looks like spam"}],
    ids=["unknown", "always busy", "spam"],
)
async def test_a_letter_that_cannot_be_sent_is_put_aside_for_a_person(
    people: Office, answers: Mapping[str, str]
) -> None:
    ada = await people.owner()
    letter = SendMemberLetter(purpose=Purpose.RESET, member_id=ada.id)
    with smtp_server(Script(answers=answers)) as script:
        engine = await at_work(people, script, letter, letter)
        dead = await engine.dead(limit=9)
        assert (len(dead), script.inbox) == (2, [])
        assert not [one for one in dead if "ada" in one.error]
        script.answers = {}
        await engine.retry(dead[0].id)
        await engine.drain()

    (token,) = tokens(script)
    await follow(people, Purpose.RESET, token)
    assert await engine.dead(limit=9) == (dead[1],)
