"""Have somebody ring the desk: only over a line on which nobody real does."""

from enum import Enum
from typing import ClassVar, Protocol

import attrs

from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId
from domain.kernel.refusals import Conflict


@attrs.frozen
class NotSimulated(Conflict):
    code: ClassVar[str] = "not_simulated"

    def __str__(self) -> str:
        return "nobody rings here but real people: the telephone is not the simulator"


class Fate(Enum):
    """What becomes of a call."""

    ANSWERED = "answered"
    BUSY = "busy"
    UNANSWERED = "unanswered"
    FAILED = "failed"
    DROPPED = "dropped"
    REJECTED = "rejected"
    HUNG_UP = "hung-up"
    TOLD_TWICE = "told-twice"
    TOLD_LATE = "told-late"


@attrs.frozen(kw_only=True)
class Ring:
    """`called` is one of the desk's numbers, or None for the line's own."""

    fate: Fate
    called: str | None = attrs.field(default=None, repr=False)


@attrs.frozen(kw_only=True)
class Rung:
    caller: str = attrs.field(repr=False)
    called: str = attrs.field(repr=False)


class Ringing(Protocol):
    async def __call__(self, organization_id: OrganizationId, ring: Ring, /) -> Rung:
        """The line tells of the call as of any. Raises NotSimulated."""
        ...


@attrs.frozen(kw_only=True)
class RingDesk:
    actor: Actor
    ring: Ring


@attrs.frozen(kw_only=True)
class RingDeskHandler:
    ringing: Ringing

    async def __call__(self, command: RingDesk, /) -> Rung:
        """Raises NotSimulated."""
        return await self.ringing(command.actor.organization_id, command.ring)
