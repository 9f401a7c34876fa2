"""Add an owner with a password, on behalf of whoever operates the program."""

import attrs

from application.identity.new_passwords import NewPasswords
from application.identity.people_ports import PeopleWork, Recipient
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.identity.events import MemberJoined
from domain.identity.members import EmailTaken, Member
from domain.identity.organizations import Organization
from domain.identity.roles import Role
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId


@attrs.frozen(kw_only=True)
class AddOwner:
    organization: Organization
    email: str = attrs.field(repr=False)
    name: str = attrs.field(repr=False)
    password: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class AddOwnerHandler:
    """Whoever can run the program on its machine has no need to prove an address."""

    unit_of_work: UnitOfWork[PeopleWork]
    new_passwords: NewPasswords
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddOwner, /) -> Member:
        """Raises EmailTaken, or what is wrong with the address, the name or the password."""
        organization, now = command.organization, self.clock()
        invited = Member(
            id=MemberId(self.new_id()),
            organization_id=organization.id,
            email=command.email,
            name=command.name,
            role=Role.OWNER,
            created_at=now,
        )
        invited.demand()
        recipient = Recipient(member=invited, organization=organization.name)
        hashed = await self.new_passwords.hashed(command.password, chosen_by=recipient)

        def add(work: PeopleWork) -> Member:
            if work.members.has_email(invited.email):
                raise EmailTaken
            work.facts.publish(
                [MemberJoined(member_id=invited.id, role=invited.role.value, occurred_at=now)]
            )
            return work.members.save(invited.join(hashed, now=now))

        return await self.unit_of_work(Actor.system(organization.id), add)
