"""Ports that belong to no feature."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from application.kernel.once import Once
from domain.kernel.actors import Actor

Command = TypeVar("Command", contravariant=True)
Result = TypeVar("Result", covariant=True)
Work = TypeVar("Work", covariant=True)
Decision = TypeVar("Decision")


class Clock(Protocol):
    """The time, aware and in UTC."""

    def __call__(self) -> datetime: ...


class NewId(Protocol):
    """Time-ordered identifiers (UUIDv7, RFC 9562); their order decides nothing."""

    def __call__(self) -> UUID: ...


class Chance(Protocol):
    """Unguessable numbers from 0 up to, but not including, `below`."""

    def __call__(self, below: int, /) -> int: ...


class UseCase(Protocol[Command, Result]):
    """Every handler and everything wrapped around one: permissions, retries, tracing."""

    async def __call__(self, command: Command, /) -> Result: ...


class UnitOfWork(Protocol[Work]):
    """Runs `decide` in one transaction, which commits when it returns and rolls back if it raises.

    Nothing outside the actor's organization can be seen or changed in it. `decide` is a plain
    function and cannot await, so nobody outside is ever called while a transaction is open.
    Changes may be sent together when it returns, and what refuses them is raised then.
    """

    async def __call__(
        self,
        actor: Actor,
        decide: Callable[[Work], Decision],
        /,
        *,
        once: Once[Decision] | None = None,
    ) -> Decision:
        """With `once`, the decision and its answer are stored together, at most once for the key.

        Raises Replayed with the stored answer if the key has done its work, and KeyReused if that
        was for another request. Who comes while the first is at it waits for its answer.
        """
        ...


class Stale(Exception):
    """Someone else changed what was decided upon; deciding again may succeed."""
