"""Who is asking."""

from enum import Enum
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.identifiers import ActorId, CallId, OrganizationId
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
    READ_PAPERS = "papers:read"
    WRITE_PAPERS = "papers:write"
    READ_PARTICIPANTS = "participants:read"
    READ_CONFIDENTIAL = "participants:confidential"
    READ_PAYMENTS = "payments:read"
    TAKE_PAYMENTS = "payments:write"
    REFUND_PAYMENTS = "refunds:write"
    APPROVE_REFUNDS = "refunds:approve"
    OPERATE_PAYMENTS = "payments:operate"
    WRITE_ATTENDANCE = "attendance:write"
    READ_EVENTS = "events:read"
    READ_CALLS = "calls:read"
    WRITE_CALLS = "calls:write"
    HANDLE_OWN_CALLS = "calls:own"
    WRITE_AGENTS = "agents:write"
    REVIEW_CALLS = "calls:review"
    READ_DOCUMENTATION = "documentation:read"
    JUDGE_DOCUMENTATION = "documentation:feedback"
    WRITE_DOCUMENTATION = "documentation:write"
    EXPORT = "exports:read"
    READ_PIPELINES = "pipelines:read"
    WRITE_PIPELINES = "pipelines:write"
    USE_ACCOUNT = "account:write"
    READ_MEMBERS = "members:read"
    MANAGE_MEMBERS = "members:write"
    MANAGE_KEYS = "keys:write"
    READ_SETTINGS = "settings:read"
    MANAGE_SETTINGS = "settings:write"
    READ_AUDIT = "audit:read"
    MANAGE_PERSONAL_DATA = "personal-data:write"
    MANAGE_ORGANIZATION = "organization:write"


EVERYTHING = frozenset(Permission)
READING = frozenset(
    {
        Permission.READ_CATALOGUE,
        Permission.READ_BOOKINGS,
        Permission.READ_PAPERS,
        Permission.READ_PARTICIPANTS,
        Permission.READ_CONFIDENTIAL,
        Permission.READ_PAYMENTS,
        Permission.READ_EVENTS,
        Permission.READ_CALLS,
        Permission.READ_DOCUMENTATION,
        Permission.EXPORT,
        Permission.READ_PIPELINES,
        Permission.USE_ACCOUNT,
        Permission.READ_MEMBERS,
        Permission.READ_SETTINGS,
        Permission.READ_AUDIT,
    }
)
"""What changes nothing, or only one's own account.

A permission that is not listed counts as one to change things.
"""


@attrs.frozen
class NotPermitted(Forbidden):
    code: ClassVar[str] = "not_permitted"
    permission: Permission

    def __str__(self) -> str:
        return f"the permission {self.permission.value} is missing"


@attrs.frozen
class OrganizationSuspended(Forbidden):
    """What there is can be read; nothing is sold or changed until the organization goes on."""

    code: ClassVar[str] = "organization_suspended"

    def __str__(self) -> str:
        return "the organization is suspended: it can read, and change nothing"


@attrs.frozen(kw_only=True)
class Actor:
    """A person, an API key or the system itself, acting for exactly one organization.

    `withheld` are permissions that it would have, were its organization not suspended; `origin`
    is the network it asks from, where that is known; `call_id` the call in which it acts.
    """

    organization_id: OrganizationId
    id: ActorId
    permissions: frozenset[Permission]
    withheld: frozenset[Permission] = frozenset()
    origin: str | None = attrs.field(default=None, eq=False)
    call_id: CallId | None = None

    @classmethod
    def system(cls, organization_id: OrganizationId) -> "Actor":
        """The program itself, doing what nobody asked for in person: it may do everything."""
        return cls(organization_id=organization_id, id=SYSTEM, permissions=EVERYTHING)

    def only_reading(self) -> "Actor":
        return attrs.evolve(
            self, permissions=self.permissions & READING, withheld=self.permissions - READING
        )

    def must(self, permission: Permission) -> None:
        """Raises OrganizationSuspended or NotPermitted."""
        if permission in self.withheld:
            raise OrganizationSuspended
        if permission not in self.permissions:
            raise NotPermitted(permission)

    def must_have_one(self, first: Permission, *others: Permission) -> None:
        """Any of them will do. Raises OrganizationSuspended or NotPermitted, as for the first."""
        enough = {first, *others}
        if self.permissions.isdisjoint(enough):
            if not self.withheld.isdisjoint(enough):
                raise OrganizationSuspended
            raise NotPermitted(first)
