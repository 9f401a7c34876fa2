"""Write to a member, with a link that is drawn here and stored as a digest; runs as a job."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID, uuid5

import attrs

from application.identity.people_ports import LetterLinks, Letters, PeopleViews, PeopleWork
from application.identity.ports import Digest
from application.kernel.jobs import Job, JobContext, QueuedJob
from application.kernel.ports import Chance, Clock, UnitOfWork
from domain.identity.letters import written
from domain.identity.mail_tokens import MailToken, Purpose, draw_mail_token
from domain.identity.members import Member, MemberState
from domain.kernel.identifiers import MemberId

# In which state somebody has a use for it.
ADDRESSED: Mapping[Purpose, MemberState] = {
    Purpose.INVITATION: MemberState.INVITED,
    Purpose.EMAIL: MemberState.ACTIVE,
    Purpose.RESET: MemberState.ACTIVE,
}


@attrs.frozen(kw_only=True)
class SendMemberLetter:
    """`member_id` is None where nobody was found: the job is queued all the same, so that asking
    takes as long as for somebody.
    """

    JOB: ClassVar[str] = "send_member_letter"

    purpose: Purpose
    member_id: MemberId | None

    @property
    def job(self) -> Job:
        member = None if self.member_id is None else str(self.member_id)
        return Job(name=self.JOB, payload={"purpose": self.purpose.value, "member_id": member})

    @classmethod
    def of(cls, job: Job) -> "SendMemberLetter":
        member = job.payload["member_id"]
        return cls(
            purpose=Purpose(job.payload["purpose"]),
            member_id=None if member is None else MemberId(UUID(str(member))),
        )


def _address(member: Member, purpose: Purpose) -> str | None:
    """None if there is no point in writing any more."""
    if member.state is not ADDRESSED[purpose]:
        return None
    return member.new_email if purpose is Purpose.EMAIL else member.email


@attrs.frozen(kw_only=True)
class SendMemberLetterHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    views: PeopleViews
    letters: Letters
    links: LetterLinks
    clock: Clock
    chance: Chance
    digest: Digest

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        command = SendMemberLetter.of(job)
        member_id = command.member_id
        if member_id is None:
            return

        async def send() -> bool:
            # In one step: the result of a step is stored, a secret must not be.
            recipient = await self.views.recipient(context.actor, member_id)
            address = None if recipient is None else _address(recipient.member, command.purpose)
            if recipient is None or address is None:
                return False
            secret, now = draw_mail_token(job.organization_id, self.chance), self.clock()
            token = MailToken(
                digest=self.digest(secret),
                member_id=member_id,
                purpose=command.purpose,
                email=address,
                expires_at=now + command.purpose.good_for,
            )

            def keep(work: PeopleWork) -> None:
                work.mail_tokens.forget_expired(now=now)
                work.mail_tokens.add(token)

            await self.unit_of_work(context.actor, keep)
            letter = written(
                command.purpose,
                id=uuid5(job.id, "letter"),
                to=address,
                organization=recipient.organization,
                link=self.links.to(command.purpose, secret),
            )
            await self.letters.send(letter)
            return True

        await context.step("send", send)
