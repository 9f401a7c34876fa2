"""What the identity use cases need from storage and cryptography."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.identity.api_keys import ApiKey
from domain.identity.organizations import Organization
from domain.identity.tickets import Ticket
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ApiKeyId


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


class ApiKeys(Protocol):
    def add(self, api_key: ApiKey) -> None: ...

    def get(self, api_key_id: ApiKeyId) -> ApiKey:
        """Raises ApiKeyNotFound."""
        ...

    def revoke(self, api_key: ApiKey) -> None:
        """Stores when it was revoked."""
        ...


class Tickets(Protocol):
    def add(self, ticket: Ticket) -> None: ...

    def redeem(self, digest: bytes, *, now: datetime) -> ApiKeyId:
        """The key it was issued to; the ticket is gone with this. Raises TicketRefused."""
        ...

    def forget_expired(self, *, now: datetime) -> None: ...


class IdentityWork(Protocol):
    @property
    def organizations(self) -> Organizations: ...

    @property
    def api_keys(self) -> ApiKeys: ...

    @property
    def tickets(self) -> Tickets: ...


class Digest(Protocol):
    """SHA-256: enough for secrets that are random and long (ASVS 5.0, 6.5.2)."""

    def __call__(self, secret: str, /) -> bytes: ...


class OrganizationViews(Protocol):
    async def organization(self, actor: Actor) -> Organization:
        """The actor's own. Raises OrganizationNotFound."""
        ...

    async def called(self, slug: str) -> Organization:
        """Whichever it is, for those who operate the program. Raises OrganizationNotFound."""
        ...


class IdentityViews(Protocol):
    async def key_with(self, digest: bytes) -> ApiKey | None:
        """The key of whichever organization it is: this question comes before all others."""
        ...

    async def organizations(self) -> Sequence[Organization]:
        """All of them, for those who operate the program."""
        ...

    async def api_keys(self) -> Sequence[ApiKey]:
        """Those of all organizations, for those who operate the program."""
        ...
