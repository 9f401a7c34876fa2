"""Personal data that was stored under other keys, or under none."""

from abc import abstractmethod
from typing import Protocol

from domain.kernel.identifiers import OrganizationId


class Resealing(Protocol):
    """Each call does up to `limit` of the organization's, and says how many it were.

    Whoever is interrupted goes on with the next call.
    """

    @abstractmethod
    async def seal(self, organization_id: OrganizationId, *, limit: int) -> int:
        """What is stored as it is, from the time before there were keys."""

    @abstractmethod
    async def rewrap(self, organization_id: OrganizationId, *, limit: int) -> int:
        """What is under another key than the newest."""
