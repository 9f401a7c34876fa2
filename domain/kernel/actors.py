"""Who is asking."""

from enum import Enum
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.identifiers import ActorId, OrganizationId
from domain.kernel.refusals import Forbidden

SYSTEM = ActorId(UUID(int=0))


class Permission(Enum):
    """What an actor may do; the values are the scopes of API keys.

    Which member has which follows from the role: domain/identity/roles.py.
    """

    READ_CATALOGUE = "catalogue:read"
    WRITE_CATALOGUE = "catalogue:write"
    READ_BOOKINGS = "bookings:read"
    WRITE_BOOKINGS = "bookings:write"
    READ_PARTICIPANTS = "participants:read"
    READ_CONFIDENTIAL = "participants:confidential"
    WRITE_ATTENDANCE = "attendance:write"
    READ_EVENTS = "events:read"
    READ_CALLS = "calls:read"
    WRITE_CALLS = "calls:write"
    HANDLE_OWN_CALLS = "calls:own"
    EXPORT = "exports:read"
    USE_ACCOUNT = "account:write"
    READ_MEMBERS = "members:read"
    MANAGE_MEMBERS = "members:write"
    MANAGE_KEYS = "keys:write"
    READ_SETTINGS = "settings:read"
    MANAGE_SETTINGS = "settings:write"
    READ_AUDIT = "audit:read"
    MANAGE_PERSONAL_DATA = "personal-data:write"
    MANAGE_ORGANIZATION = "organization:write"


@attrs.frozen
class NotPermitted(Forbidden):
    code: ClassVar[str] = "not_permitted"
    permission: Permission

    def __str__(self) -> str:
        return f"the permission {self.permission.value} is missing"


@attrs.frozen(kw_only=True)
class Actor:
    """A person, an API key or the system itself, acting for exactly one organization."""

    organization_id: OrganizationId
    id: ActorId
    permissions: frozenset[Permission]

    @classmethod
    def system(cls, organization_id: OrganizationId) -> "Actor":
        """The program itself, doing what nobody asked for in person: it may do everything."""
        return cls(organization_id=organization_id, id=SYSTEM, permissions=frozenset(Permission))

    def must(self, permission: Permission) -> None:
        if permission not in self.permissions:
            raise NotPermitted(permission)
