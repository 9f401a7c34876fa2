"""What other features may know about organizations and their keys."""

from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import OrganizationId


@attrs.frozen(kw_only=True)
class OrganizationEvent(Event):
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
