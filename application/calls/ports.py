"""What the use cases of calls need from storage."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Protocol

import attrs

from application.calls.known_numbers import KnownNumbers
from application.kernel.facts import Facts
from application.kernel.jobs import JobQueue
from domain.calls.agents import Agent
from domain.calls.call import Call
from domain.calls.facts import Heard
from domain.kernel.identifiers import ActorId, AgentId, CallId


@attrs.frozen
class Mentioned:
    """The call of the provider's name, if it is known, and whether the same was heard before."""

    call: Call | None
    before: bool


class Calls(Protocol):
    """`locked` ones stay as they are until the unit of work ends."""

    def get(self, call_id: CallId) -> Call:
        """Raises CallNotFound."""
        ...

    def locked(self, call_id: CallId) -> Call:
        """Raises CallNotFound."""
        ...

    def named(self, provider: str, provider_call: str) -> Call | None:
        """By the provider's name for it; locked."""
        ...

    def known(self, provider: str, names: Sequence[str]) -> AbstractSet[str]:
        """Those of the provider's names that calls have."""
        ...

    def agents_named(self, names: Sequence[str]) -> Mapping[str, AgentId]:
        """Those of the desk, by name; a name that several have is nobody's."""
        ...

    def agent_acting_as(self, actor_id: ActorId) -> Agent | None:
        """Of the desk, by whom they sign in as."""
        ...

    def mentioned(self, fact: Heard) -> Mentioned:
        """Not locked: it is saved only as the next version of what was seen here."""
        ...

    def has_heard(self, fact: Heard) -> bool:
        """Whether the same was delivered before."""
        ...

    def save(self, call: Call) -> Call:
        """Stores the call, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile or, at the latest when the unit of work ends, if
        another call has its name at the provider.
        """
        ...

    def keep(self, call: Call, fact: Heard, *, now: datetime) -> None:
        """After the call was saved. Raises Stale, at the latest when the unit of work ends, if the
        same was delivered before.
        """
        ...


class CallWork(Protocol):
    """All that one transaction about calls may touch."""

    @property
    def calls(self) -> Calls: ...

    @property
    def desk_numbers(self) -> KnownNumbers: ...

    @property
    def facts(self) -> Facts: ...

    @property
    def jobs(self) -> JobQueue: ...
