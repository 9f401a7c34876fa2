"""What members may do, by their role: the one table that says so."""

from collections.abc import Mapping
from enum import Enum

from domain.kernel.actors import Permission


class Role(Enum):
    OWNER = "owner"
    ADMIN = "admin"
    MANAGER = "manager"
    AGENT = "agent"
    VIEWER = "viewer"

    @property
    def permissions(self) -> frozenset[Permission]:
        return PERMISSIONS[self]


_VIEWER = frozenset(
    {
        Permission.USE_ACCOUNT,
        Permission.READ_CATALOGUE,
        Permission.READ_BOOKINGS,
        Permission.READ_PAPERS,
        Permission.READ_CALLS,
        Permission.READ_DOCUMENTATION,
        Permission.READ_EVENTS,
        Permission.READ_PAYMENTS,
    }
)
# An agent sees the calls that are theirs or nobody's yet, a viewer all of them, and no more.
_AGENT = frozenset(
    {
        Permission.USE_ACCOUNT,
        Permission.READ_CATALOGUE,
        Permission.READ_BOOKINGS,
        Permission.WRITE_BOOKINGS,
        Permission.READ_PAPERS,
        Permission.WRITE_PAPERS,
        Permission.READ_PARTICIPANTS,
        Permission.WRITE_ATTENDANCE,
        Permission.HANDLE_OWN_CALLS,
        Permission.READ_DOCUMENTATION,
        Permission.JUDGE_DOCUMENTATION,
        Permission.READ_EVENTS,
        Permission.READ_PAYMENTS,
        Permission.TAKE_PAYMENTS,
        Permission.REFUND_PAYMENTS,
    }
)
_MANAGER = (
    _VIEWER
    | _AGENT
    | {
        Permission.WRITE_CATALOGUE,
        Permission.READ_CONFIDENTIAL,
        Permission.WRITE_CALLS,
        Permission.WRITE_AGENTS,
        Permission.REVIEW_CALLS,
        Permission.WRITE_DOCUMENTATION,
        Permission.APPROVE_REFUNDS,
        Permission.EXPORT,
        Permission.READ_PIPELINES,
        Permission.READ_MEMBERS,
        Permission.READ_SETTINGS,
    }
)
_ADMIN = _MANAGER | {
    Permission.WRITE_PIPELINES,
    Permission.MANAGE_MEMBERS,
    Permission.MANAGE_KEYS,
    Permission.MANAGE_SETTINGS,
    Permission.READ_AUDIT,
    Permission.OPERATE_PAYMENTS,
    Permission.MANAGE_PERSONAL_DATA,
}

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.OWNER: _ADMIN | {Permission.MANAGE_ORGANIZATION},
    Role.ADMIN: _ADMIN,
    Role.MANAGER: _MANAGER,
    Role.AGENT: _AGENT,
    Role.VIEWER: _VIEWER,
}
