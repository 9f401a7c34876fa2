"""Register an organization and its first owner, who proves the address before anything else."""

from typing import ClassVar

import attrs

from application.identity.invite_member import tell
from application.identity.people_ports import PeopleViews, PeopleWork, TryCounts
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.identity.members import Member
from domain.identity.organizations import Organization, SlugTaken
from domain.identity.roles import Role
from domain.identity.tries import Attempt, TryLimits
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId, OrganizationId
from domain.kernel.refusals import Forbidden


@attrs.frozen
class RegistrationClosed(Forbidden):
    """Whoever operates this program decides who gets an organization."""

    code: ClassVar[str] = "registration_closed"

    def __str__(self) -> str:
        return "nobody can register here; ask whoever operates this desk"


@attrs.frozen(kw_only=True)
class Register:
    """`address` is where the request came from."""

    slug: str
    name: str
    owner_name: str = attrs.field(repr=False)
    owner_email: str = attrs.field(repr=False)
    address: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class RegisterHandler:
    """The slug is the organization's once the address of its owner is proved, and not before:
    whoever has no address of their own takes none away.
    """

    unit_of_work: UnitOfWork[PeopleWork]
    views: PeopleViews
    tries: TryCounts
    try_limits: TryLimits
    clock: Clock
    new_id: NewId
    is_open: bool

    async def __call__(self, command: Register, /) -> Organization:
        """Raises RegistrationClosed, SlugTaken or RateLimited."""
        if not self.is_open:
            raise RegistrationClosed
        await self.tries.take(
            self.try_limits.of(Attempt.REGISTER, who="", address=command.address)
        )
        if await self.views.organization_called(command.slug) is not None:
            raise SlugTaken(command.slug)
        now, id = self.clock(), OrganizationId(self.new_id())
        organization = Organization.registered(id, slug=command.slug, name=command.name, now=now)
        owner = Member(
            id=MemberId(self.new_id()),
            organization_id=id,
            email=command.owner_email,
            name=command.owner_name,
            role=Role.OWNER,
            created_at=now,
        )
        owner.demand()

        def begin(work: PeopleWork) -> None:
            work.organizations.add(organization)
            work.members.save(owner)
            tell(work, owner, now=now)

        await self.unit_of_work(Actor.system(id), begin)
        return organization
