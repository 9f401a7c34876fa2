"""What paperwork needs from outside."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

import attrs

from application.kernel.facts import Facts
from application.kernel.jobs import JobQueue
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, ItineraryId, PaperId, ResourceId
from domain.paperwork.papers import Paper
from domain.paperwork.sources import SessionHeld, Sold, SoldTogether
from domain.paperwork.standing import Settlement


@attrs.frozen(kw_only=True)
class Printed:
    """A file for a printer or a screen. `standard` is that of archives it keeps to, if any."""

    content: bytes = attrs.field(repr=False)
    sha256: str
    standard: str


class Papers(Protocol):
    @abstractmethod
    def get(self, paper_id: PaperId) -> Paper:
        """Raises PaperNotFound."""

    @abstractmethod
    def of_booking(self, booking_id: BookingId) -> Sequence[Paper]:
        """Oldest first."""

    @abstractmethod
    def about(self, booking_ids: Sequence[BookingId]) -> Sequence[Paper]:
        """Those of all of them, and invoices for several of which one is among them."""

    @abstractmethod
    def of_session(self, resource_id: ResourceId) -> Sequence[Paper]:
        """The certificates that were issued for it, oldest first."""

    @abstractmethod
    def save(self, paper: Paper) -> Paper:
        """Raises Stale if somebody else was faster, be it to issue the same paper."""


class SeriesOfNumbers(Protocol):
    @abstractmethod
    def next(self, series: str, year: int) -> int:
        """From 1; nobody else gets one of that series until this transaction has ended, and if it
        fails the number was never given.
        """


class PaperSources(Protocol):
    @abstractmethod
    def sold(self, booking_id: BookingId) -> Sold:
        """Locked, so that nobody else invoices it meanwhile. Raises NothingSold."""

    @abstractmethod
    def together(self, itinerary_id: ItineraryId) -> SoldTogether:
        """Locked, in the order of their ids. Raises ItineraryNotFound."""

    @abstractmethod
    def session(self, resource_id: ResourceId) -> SessionHeld | None:
        """None of what is no session of a course."""


class PaperFiles(Protocol):
    @abstractmethod
    def keep(self, paper: Paper, printed: Printed) -> None:
        """Once kept, a file stays: of a second one nothing is kept."""

    @abstractmethod
    def forget(self, paper: Paper) -> None: ...


class PaperWork(Protocol):
    """What a unit of work offers here."""

    @property
    def papers(self) -> Papers: ...

    @property
    def numbers(self) -> SeriesOfNumbers: ...

    @property
    def sources(self) -> PaperSources: ...

    @property
    def files(self) -> PaperFiles: ...

    @property
    def facts(self) -> Facts: ...

    @property
    def jobs(self) -> JobQueue: ...


class Printer(Protocol):
    async def __call__(self, paper: Paper, /) -> Printed:
        """The same bytes for the same paper; whatever it says is text, and never a command."""
        ...


@attrs.frozen(kw_only=True)
class Enclosure:
    filename: str
    printed: Printed


class PaperPost(Protocol):
    async def send(
        self, papers: Sequence[Paper], enclosures: Sequence[Enclosure], *, cause: UUID
    ) -> None:
        """In one letter to the recipient of the first. Of the same `cause` it is the same letter,
        written again. Raises what mail raises.
        """
        ...


class Settlements(Protocol):
    """Where what was paid comes in."""

    async def of(
        self, actor: Actor, booking_ids: Sequence[BookingId]
    ) -> Mapping[BookingId, Settlement]:
        """Of those for which something has come in or gone back."""
        ...
