"""Members: the people of one organization. Whoever works for two is a member of each."""

from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.identity.passwords import SHORTEST_ALONE, SHORTEST_WITH_SECOND_FACTOR
from domain.identity.roles import Role
from domain.identity.second_factors import NoSecondFactor, SecondFactorSet
from domain.kernel.actors import Actor
from domain.kernel.addresses import address, is_address
from domain.kernel.identifiers import ActorId, MemberId, OrganizationId
from domain.kernel.names import LONGEST_NAME, SHORTEST_NAME, is_name, tidied
from domain.kernel.personal import personal
from domain.kernel.refusals import Category, Conflict, Forbidden, Invalid, NotFound


class MemberState(Enum):
    """Who was invited has not come yet; who is deactivated has been and may not come again."""

    INVITED = "invited"
    ACTIVE = "active"
    DEACTIVATED = "deactivated"


@attrs.frozen
class MemberNotFound(NotFound):
    code: ClassVar[str] = "member_not_found"
    member_id: MemberId

    def __str__(self) -> str:
        return f"no member {self.member_id}"


@attrs.frozen
class OwnerNotFound(NotFound):
    """For whoever operates the program."""

    code: ClassVar[str] = "owner_not_found"

    def __str__(self) -> str:
        return "no active owner of that organization has that e-mail address"


@attrs.frozen
class BadMemberEmail(Invalid):
    code: ClassVar[str] = "bad_member_email"
    field: ClassVar[str] = "email"

    def __str__(self) -> str:
        return "an e-mail address looks like name@example.com"


@attrs.frozen
class BadMemberName(Invalid):
    code: ClassVar[str] = "bad_member_name"
    field: ClassVar[str] = "name"

    def __str__(self) -> str:
        return f"a name has {SHORTEST_NAME} to {LONGEST_NAME} printable characters"


@attrs.frozen
class EmailTaken(Conflict):
    """Another member of the organization has this address."""

    code: ClassVar[str] = "email_taken"

    def __str__(self) -> str:
        return "somebody of this organization has that e-mail address"


@attrs.frozen
class TooManyMembers(Conflict):
    """The organization has as many members as it may have, whoever is invited included."""

    code: ClassVar[str] = "too_many_members"
    most: int

    def __str__(self) -> str:
        return f"there may be {self.most} members; deactivate or remove somebody first"


@attrs.frozen
class LastOwner(Conflict):
    """An organization without an owner could never be helped again."""

    code: ClassVar[str] = "last_owner"

    def __str__(self) -> str:
        return "an organization keeps at least one owner: make somebody else one first"


@attrs.frozen
class RoleTooHigh(Forbidden):
    """Nobody gives, takes or touches what they do not have themselves."""

    code: ClassVar[str] = "role_too_high"
    category: ClassVar[Category] = Category.AUTHORIZATION
    role: Role

    def __str__(self) -> str:
        return f"only who may do all that the role {self.role.value} may can decide about it"


@attrs.frozen
class MemberCannotBecome(Conflict):
    code: ClassVar[str] = "member_cannot_become"
    is_now: MemberState

    def __str__(self) -> str:
        return f"not possible for somebody who is {self.is_now.value}"


@attrs.frozen(kw_only=True)
class Member:
    id: MemberId
    organization_id: OrganizationId
    email: str = attrs.field(
        converter=address, repr=False, metadata=personal("to sign in, and to be written to")
    )
    name: str = attrs.field(
        converter=tidied, repr=False, metadata=personal("to know who did something")
    )
    role: Role
    created_at: datetime
    state: MemberState = MemberState.INVITED
    password_hash: str | None = attrs.field(default=None, repr=False)
    verified_at: datetime | None = None
    new_email: str | None = attrs.field(
        default=None, repr=False, metadata=personal("to be written to, once it is proved")
    )
    second_factor_since: datetime | None = None
    version: int = 0

    def demand(self) -> None:
        """Raises BadMemberEmail or BadMemberName."""
        if not is_address(self.email):
            raise BadMemberEmail
        if not is_name(self.name):
            raise BadMemberName

    @property
    def is_active(self) -> bool:
        return self.state is MemberState.ACTIVE

    @property
    def is_owner(self) -> bool:
        """Whether they count as one of the owners that an organization must have."""
        return self.is_active and self.role is Role.OWNER

    @property
    def has_second_factor(self) -> bool:
        return self.second_factor_since is not None

    @property
    def shortest_password(self) -> int:
        return SHORTEST_WITH_SECOND_FACTOR if self.has_second_factor else SHORTEST_ALONE

    @property
    def actor(self) -> Actor:
        return Actor(
            organization_id=self.organization_id,
            id=ActorId(self.id),
            permissions=self.role.permissions,
        )

    def join(self, password_hash: str, *, now: datetime) -> "Member":
        """With a password of their own. The link they came by proves the address."""
        self._must_be(MemberState.INVITED)
        return attrs.evolve(
            self, state=MemberState.ACTIVE, password_hash=password_hash, verified_at=now
        )

    def with_password(self, password_hash: str) -> "Member":
        self._must_be(MemberState.ACTIVE)
        return attrs.evolve(self, password_hash=password_hash)

    def about_to_move(self, email: str) -> "Member":
        """To another address, once a link sent there has proved it. Raises BadMemberEmail."""
        self._must_be(MemberState.ACTIVE)
        if not is_address(address(email)):
            raise BadMemberEmail
        return attrs.evolve(self, new_email=address(email))

    def move(self, *, now: datetime) -> "Member":
        """To the address that was asked for."""
        self._must_be(MemberState.ACTIVE)
        return attrs.evolve(
            self, email=self.new_email or self.email, new_email=None, verified_at=now
        )

    def with_second_factor(self, *, now: datetime) -> "Member":
        """Raises SecondFactorSet."""
        self._must_be(MemberState.ACTIVE)
        if self.has_second_factor:
            raise SecondFactorSet
        return attrs.evolve(self, second_factor_since=now)

    def without_second_factor(self) -> "Member":
        """Raises NoSecondFactor."""
        self.must_have_second_factor()
        return attrs.evolve(self, second_factor_since=None)

    def must_have_second_factor(self) -> None:
        """Raises NoSecondFactor."""
        if not self.has_second_factor:
            raise NoSecondFactor

    def without_password(self) -> "Member":
        """Until they follow a link to choose one."""
        return attrs.evolve(self, password_hash=None)

    def deactivate(self) -> "Member":
        self._must_be(MemberState.ACTIVE)
        return attrs.evolve(self, state=MemberState.DEACTIVATED)

    def reactivate(self) -> "Member":
        self._must_be(MemberState.DEACTIVATED)
        return attrs.evolve(self, state=MemberState.ACTIVE)

    def _must_be(self, state: MemberState) -> None:
        if self.state is not state:
            raise MemberCannotBecome(self.state)


def must_reach(actor: Actor, role: Role) -> None:
    """Raises RoleTooHigh unless the actor may do all that the role may."""
    if not role.permissions <= actor.permissions:
        raise RoleTooHigh(role)
