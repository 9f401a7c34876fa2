"""What the telephone numbers of the desk need from storage, and what may be asked about them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from application.calls.known_numbers import KnownNumbers
from application.calls.people_ports import Agents, Queues
from application.kernel.pages import Page, Slice
from domain.calls.desk_numbers import DeskNumber
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DeskNumberId


class DeskNumbers(KnownNumbers, Protocol):
    def get(self, desk_number_id: DeskNumberId) -> DeskNumber:
        """Raises PhoneNumberNotFound."""
        ...

    def called(self, number: str) -> DeskNumber | None:
        """The one with that number, in E.164, unless it is deleted."""
        ...

    def primary(self) -> DeskNumber | None: ...

    def is_on_a_call(self, number: str) -> bool: ...

    def save(self, number: DeskNumber) -> DeskNumber:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile, or PhoneNumberTaken, at the latest when the unit of
        work ends.
        """
        ...


class DeskNumberWork(Protocol):
    """All that one transaction about telephone numbers may touch."""

    @property
    def desk_numbers(self) -> DeskNumbers: ...

    @property
    def agents(self) -> Agents: ...

    @property
    def queues(self) -> Queues: ...


class DeskNumberViews(Protocol):
    async def desk_number(self, actor: Actor, desk_number_id: DeskNumberId) -> DeskNumber:
        """Raises PhoneNumberNotFound."""
        ...

    async def desk_numbers(self, actor: Actor, *, slice: Slice) -> Page[DeskNumber]:
        """By number."""
        ...


class NumberOrders(Protocol):
    async def open(self, actor: Actor, *, now: datetime, limit: int) -> Sequence[DeskNumberId]:
        """Asked for a while ago, and nobody knows what came of it; oldest first."""
        ...
