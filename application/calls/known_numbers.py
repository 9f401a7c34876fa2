"""What calls need to know of the telephone numbers of the desk."""

from typing import Protocol

import attrs

from domain.calls.call import Handler
from domain.calls.desk_numbers import RingsFor
from domain.kernel.identifiers import AgentId


@attrs.frozen(kw_only=True)
class Rung:
    """What a number says of the calls that come in at it; `handler` if it is an agent's own."""

    rings_for: RingsFor
    handler: Handler | None


class KnownNumbers(Protocol):
    """What calls need to know of them."""

    def rung(self, number: str) -> Rung | None:
        """None for one that is not active, or none of the desk's."""
        ...

    def shown(self, agent_id: AgentId | None) -> str | None:
        """The agent's own if it has one, else the primary one."""
        ...
