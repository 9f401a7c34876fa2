"""What the identity use cases need from storage and cryptography."""

from collections.abc import Sequence
from datetime import datetime
from typing import Generic, Protocol, TypeVar

import attrs

from application.identity.setting_ports import StoredSettings
from application.kernel.facts import Facts
from application.kernel.pages import Page, Slice
from domain.identity.api_keys import ApiKey
from domain.identity.organizations import Organization
from domain.identity.tickets import ApiKeyHolder, SessionHolder, Ticket
from domain.identity.usage import Usage
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ApiKeyId, OrganizationId

Value = TypeVar("Value", covariant=True)


class Organizations(Protocol):
    def add(self, organization: Organization) -> None:
        """Raises SlugTaken, at the latest when the unit of work ends."""
        ...

    def own(self) -> Organization:
        """The one this unit of work is about. Raises OrganizationNotFound."""
        ...

    def save(self, organization: Organization) -> Organization:
        """Stores it, publishes its events and returns it with its next version. Raises Stale."""
        ...


class Access(Protocol):
    def changed(self) -> None:
        """Somebody may do less than before, or something else: what is remembered is void.

        Whoever else changes access in the organization waits for this unit of work.
        """
        ...


class Settle(Protocol):
    """Returns once nobody goes by what was known before the last change of access."""

    async def __call__(self) -> None: ...


class ApiKeys(Protocol):
    def get(self, api_key_id: ApiKeyId) -> ApiKey:
        """Raises ApiKeyNotFound."""
        ...

    def save(self, api_key: ApiKey) -> ApiKey:
        """The key as it is stored now. Raises Stale."""
        ...

    def in_use(self, *, now: datetime) -> int:
        """How many are neither revoked nor expired."""
        ...

    def used(self, api_key_id: ApiKeyId, at: datetime) -> None:
        """Nothing happens to a key that was used within the minute before."""
        ...


class Tickets(Protocol):
    def add(self, ticket: Ticket) -> None: ...

    def redeem(self, digest: bytes, *, now: datetime) -> ApiKeyHolder | SessionHolder:
        """Whom it was issued to; the ticket is gone with this. Raises TicketRefused."""
        ...

    def forget_expired(self, *, now: datetime) -> None: ...


class Usages(Protocol):
    def counted(self, *, now: datetime) -> Usage:
        """What of the organization is live."""
        ...


class KeyWork(Protocol):
    """What of a transaction issuing keys needs."""

    @property
    def organizations(self) -> Organizations: ...

    @property
    def api_keys(self) -> ApiKeys: ...

    @property
    def access(self) -> Access: ...

    @property
    def facts(self) -> Facts: ...


class SettingWork(Protocol):
    """What of a transaction changing settings needs."""

    @property
    def settings(self) -> StoredSettings: ...

    @property
    def access(self) -> Access: ...

    @property
    def facts(self) -> Facts: ...


class IdentityWork(KeyWork, SettingWork, Protocol):
    @property
    def tickets(self) -> Tickets: ...

    @property
    def usages(self) -> Usages: ...


class Digest(Protocol):
    """SHA-256: enough for secrets that are random and long (ASVS 5.0, 6.5.2)."""

    def __call__(self, secret: str, /) -> bytes: ...


class OrganizationViews(Protocol):
    async def usage(self, actor: Actor, *, now: datetime) -> Usage:
        """What of the actor's organization is live."""
        ...

    async def organization(self, actor: Actor) -> Organization:
        """The actor's own. Raises OrganizationNotFound."""
        ...

    async def called(self, slug: str) -> Organization:
        """Whichever it is, for those who operate the program. Raises OrganizationNotFound."""
        ...


@attrs.frozen
class AsOf(Generic[Value]):
    """What was read in one instant with the version of the organization's access."""

    value: Value
    version: int


class KeyViews(Protocol):
    async def key_with(self, digest: bytes) -> ApiKey | None:
        """The key of whichever organization it is: this question comes before all others.

        Secrets that are being replaced are found as well.
        """
        ...


@attrs.frozen(kw_only=True)
class ApiKeyUse:
    """`last_used_at` is exact to the minute."""

    api_key: ApiKey
    last_used_at: datetime | None


class IdentityViews(KeyViews, Protocol):
    async def key_as_of(self, digest: bytes) -> AsOf[ApiKey] | None:
        """Like `key_with`, for whoever means to remember it."""
        ...

    async def access_version(self, organization_id: OrganizationId) -> int:
        """Goes up with every change of access in the organization."""
        ...

    async def api_key(self, actor: Actor, api_key_id: ApiKeyId) -> ApiKey:
        """Raises ApiKeyNotFound."""
        ...

    async def keys_of(self, actor: Actor, *, slice: Slice) -> Page[ApiKeyUse]:
        """The keys of the actor's organization, in order of creation."""
        ...

    async def organizations(self) -> Sequence[Organization]:
        """All of them, for those who operate the program."""
        ...

    async def api_keys(self) -> Sequence[ApiKey]:
        """Those of all organizations, for those who operate the program."""
        ...
