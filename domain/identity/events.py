"""What other features may know about organizations and their keys."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import SecurityEvent
from domain.kernel.identifiers import ApiKeyId, OrganizationId


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
