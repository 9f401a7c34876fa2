"""What goes on right now, asked of calls, agents and bookings themselves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

import attrs

from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class GoingOn:
    """Callers `in_line` wait for somebody of a queue, the first of them `since`.

    States and presences that nobody and nothing is in are left out.
    """

    calls: Mapping[str, int]
    agents: Mapping[str, int]
    in_line: int
    since: datetime | None
    held: int


class LiveFigures(Protocol):
    async def going_on(self, actor: Actor) -> GoingOn:
        """Whoever asks may read calls."""
        ...
