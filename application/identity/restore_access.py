"""Let an owner in again who lost both factors, on behalf of whoever operates the program.

Among several owners, one resets the second factor of another; a lone one has nobody else.
"""

import attrs

from application.identity.people_ports import PeopleViews, PeopleWork
from application.identity.ports import Digest
from application.kernel.ports import Chance, Clock, UnitOfWork
from domain.identity.events import AccessRestored
from domain.identity.mail_tokens import MailToken, Purpose, draw_mail_token
from domain.identity.members import Member, OwnerNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId


@attrs.frozen(kw_only=True)
class RestoreAccess:
    organization_id: OrganizationId
    email: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class RestoredAccess:
    """With the secret they choose a password, within half an hour; nothing else knows it."""

    member: Member
    secret: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class RestoreAccessHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    views: PeopleViews
    clock: Clock
    chance: Chance
    digest: Digest

    async def __call__(self, command: RestoreAccess, /) -> RestoredAccess:
        """Their sessions end, and password and second factor are gone. Raises OwnerNotFound."""
        found = await self.views.member_with(command.organization_id, command.email)
        if found is None or not found.is_owner:
            raise OwnerNotFound
        now, secret = self.clock(), draw_mail_token(found.organization_id, self.chance)
        token = MailToken(
            digest=self.digest(secret),
            member_id=found.id,
            purpose=Purpose.RESET,
            email=found.email,
            expires_at=now + Purpose.RESET.good_for,
        )

        def restore(work: PeopleWork) -> Member:
            member = work.members.get(found.id)
            if member.has_second_factor:
                member = member.without_second_factor()
                work.second_factors.remove(member.id)
            work.sessions.end_all(member.id)
            work.mail_tokens.forget(member.id)
            work.mail_tokens.add(token)
            work.facts.publish([AccessRestored(member_id=member.id, occurred_at=now)])
            return work.members.save(member.without_password())

        member = await self.unit_of_work(Actor.system(found.organization_id), restore)
        return RestoredAccess(member=member, secret=secret)
