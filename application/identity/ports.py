"""What the identity use cases need from storage and cryptography."""

from collections.abc import Sequence
from typing import Protocol

from domain.identity.api_keys import ApiKey
from domain.identity.organizations import Organization
from domain.kernel.identifiers import ApiKeyId


class Organizations(Protocol):
    def add(self, organization: Organization) -> None: ...


class ApiKeys(Protocol):
    def add(self, api_key: ApiKey) -> None: ...

    def get(self, api_key_id: ApiKeyId) -> ApiKey:
        """Raises ApiKeyNotFound."""
        ...

    def revoke(self, api_key: ApiKey) -> None:
        """Stores when it was revoked."""
        ...


class IdentityWork(Protocol):
    @property
    def organizations(self) -> Organizations: ...

    @property
    def api_keys(self) -> ApiKeys: ...


class Digest(Protocol):
    """SHA-256: enough for secrets that are random and long (ASVS 5.0, 6.5.2)."""

    def __call__(self, secret: str, /) -> bytes: ...


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
