"""What other features may know about organizations and their keys."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import SecurityEvent
from domain.kernel.identifiers import ApiKeyId, MemberId, OrganizationId, SessionId


@attrs.frozen(kw_only=True)
class OrganizationEvent(SecurityEvent):
    organization_id: OrganizationId

    @property
    def subject(self) -> UUID:
        return self.organization_id


@attrs.frozen(kw_only=True)
class OrganizationRenamed(OrganizationEvent):
    name: ClassVar[str] = "organization_renamed"


@attrs.frozen(kw_only=True)
class OrganizationMetadataChanged(OrganizationEvent):
    """Which members are other than before; what they say is the organization's own."""

    name: ClassVar[str] = "organization_metadata_changed"
    members: tuple[str, ...]


@attrs.frozen(kw_only=True)
class OrganizationStatusChanged(OrganizationEvent):
    name: ClassVar[str] = "organization_status_changed"
    before: str
    after: str


@attrs.frozen(kw_only=True)
class OrganizationTierChanged(OrganizationEvent):
    name: ClassVar[str] = "organization_tier_changed"
    before: str
    after: str


@attrs.frozen(kw_only=True)
class SettingChanged(OrganizationEvent):
    """`before` and `after` are None for the default, and for texts, which may name people."""

    name: ClassVar[str] = "setting_changed"
    setting: str
    before: str | int | bool | None
    after: str | int | bool | None
    reset: bool


@attrs.frozen(kw_only=True)
class ApiKeyEvent(SecurityEvent):
    api_key_id: ApiKeyId

    @property
    def subject(self) -> UUID:
        return self.api_key_id


@attrs.frozen(kw_only=True)
class ApiKeyCreated(ApiKeyEvent):
    name: ClassVar[str] = "api_key_created"
    scopes: tuple[str, ...]
    expires_at: datetime | None


@attrs.frozen(kw_only=True)
class ApiKeyChanged(ApiKeyEvent):
    name: ClassVar[str] = "api_key_changed"
    before: tuple[str, ...]
    after: tuple[str, ...]


@attrs.frozen(kw_only=True)
class ApiKeyRotated(ApiKeyEvent):
    """The secret of before is good until then, if at all."""

    name: ClassVar[str] = "api_key_rotated"
    former_until: datetime | None


@attrs.frozen(kw_only=True)
class ApiKeyRevoked(ApiKeyEvent):
    name: ClassVar[str] = "api_key_revoked"


@attrs.frozen(kw_only=True)
class MemberEvent(SecurityEvent):
    member_id: MemberId

    @property
    def subject(self) -> UUID:
        return self.member_id


@attrs.frozen(kw_only=True)
class SignInsFailed(OrganizationEvent):
    """So often since then; `member_id` is None where the address was nobody's."""

    name: ClassVar[str] = "sign_ins_failed"
    member_id: MemberId | None
    lacked: str
    number: int
    since: datetime

    @property
    def subject(self) -> UUID:
        return self.organization_id if self.member_id is None else self.member_id


@attrs.frozen(kw_only=True)
class AccessRefused(SecurityEvent):
    """To a key or a member, so often since then, for want of a permission or by a rule."""

    name: ClassVar[str] = "access_refused"
    by: UUID
    refused: str
    number: int
    since: datetime

    @property
    def subject(self) -> UUID:
        return self.by


@attrs.frozen(kw_only=True)
class MemberSignedIn(MemberEvent):
    name: ClassVar[str] = "member_signed_in"
    session_id: SessionId


@attrs.frozen(kw_only=True)
class MemberInvited(MemberEvent):
    """Or invited again, with another letter."""

    name: ClassVar[str] = "member_invited"
    role: str


@attrs.frozen(kw_only=True)
class MemberJoined(MemberEvent):
    """With a password of their own."""

    name: ClassVar[str] = "member_joined"
    role: str


@attrs.frozen(kw_only=True)
class PasswordChanged(MemberEvent):
    """By its member, who knew the one of before; other sessions of theirs ended."""

    name: ClassVar[str] = "password_changed"


@attrs.frozen(kw_only=True)
class PasswordReset(MemberEvent):
    """By the link in a letter; all sessions of theirs ended."""

    name: ClassVar[str] = "password_reset"


@attrs.frozen(kw_only=True)
class SessionsEnded(MemberEvent):
    """By somebody else."""

    name: ClassVar[str] = "sessions_ended"
    number: int


@attrs.frozen(kw_only=True)
class MemberRoleChanged(MemberEvent):
    name: ClassVar[str] = "member_role_changed"
    before: str
    after: str


@attrs.frozen(kw_only=True)
class MemberDeactivated(MemberEvent):
    name: ClassVar[str] = "member_deactivated"


@attrs.frozen(kw_only=True)
class MemberReactivated(MemberEvent):
    name: ClassVar[str] = "member_reactivated"


@attrs.frozen(kw_only=True)
class MemberRemoved(MemberEvent):
    name: ClassVar[str] = "member_removed"


@attrs.frozen(kw_only=True)
class SecondFactorAdded(MemberEvent):
    name: ClassVar[str] = "second_factor_added"


@attrs.frozen(kw_only=True)
class SecondFactorRemoved(MemberEvent):
    name: ClassVar[str] = "second_factor_removed"


@attrs.frozen(kw_only=True)
class SecondFactorReset(MemberEvent):
    """By somebody else; with it their password."""

    name: ClassVar[str] = "second_factor_reset"


@attrs.frozen(kw_only=True)
class AccessRestored(MemberEvent):
    """By whoever operates the program: without password and second factor, until a link of that
    moment is followed.
    """

    name: ClassVar[str] = "access_restored"


@attrs.frozen(kw_only=True)
class RecoveryCodesRenewed(MemberEvent):
    name: ClassVar[str] = "recovery_codes_renewed"


@attrs.frozen(kw_only=True)
class RecoveryCodeUsed(MemberEvent):
    name: ClassVar[str] = "recovery_code_used"
