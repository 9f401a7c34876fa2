"""Who has which calls, for whoever tells of many of them."""

from collections.abc import Collection, Mapping
from typing import Protocol

from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, CallId

Owners = Mapping[CallId, ActorId | None]
"""None where nobody has a call yet; an agent nobody signs in as, and unknown calls, are not in."""


class CallOwners(Protocol):
    async def of(self, actor: Actor, call_ids: Collection[CallId]) -> Owners:
        """In one question, however many; calls that were deleted are among them."""
        ...
