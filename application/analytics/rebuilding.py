"""What figures are read from, built anew from what has happened."""

from typing import Protocol

from domain.kernel.identifiers import OrganizationId


class Rebuilding(Protocol):
    async def __call__(self, organization_id: OrganizationId, /) -> int:
        """How many of them the event log knows of; figures may be asked for meanwhile."""
        ...
