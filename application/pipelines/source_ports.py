"""What data sources need from storage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.kernel.jobs import JobQueue
from domain.kernel.identifiers import DataSourceId, OrganizationId
from domain.pipelines.attempts import Attempt
from domain.pipelines.sources import Source


class Sources(Protocol):
    def get(self, source_id: DataSourceId) -> Source:
        """Archived or not. Raises DataSourceNotFound."""
        ...

    def save(self, source: Source) -> Source:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...

    def places_left(self) -> int | None:
        """How many more the tier allows, None for as many as one likes.

        Whoever asks next waits until this unit of work ends, or two would take the last place.
        """
        ...

    def most(self) -> int | None:
        """How many the tier allows."""
        ...

    def due(self, *, now: datetime, limit: int) -> Sequence[DataSourceId]:
        """The longest due first."""
        ...


class Attempts(Protocol):
    def add(self, attempt: Attempt) -> None: ...

    def latest(self, source_id: DataSourceId, *, limit: int) -> Sequence[bool]:
        """Whether they succeeded, the last one first."""
        ...


class SourceFiles(Protocol):
    def put(self, source_id: DataSourceId, content: bytes) -> None:
        """In the place of what was there. Not empty."""
        ...

    def forget(self, source_id: DataSourceId) -> None: ...


@attrs.frozen(kw_only=True)
class PartOfFile:
    """Of a file of `size` bytes; the `tag` is another for other contents."""

    data: bytes = attrs.field(repr=False)
    size: int
    tag: str


class FilesHandedIn(Protocol):
    async def part(
        self, owner: OrganizationId, source_id: DataSourceId, *, offset: int, most: int
    ) -> PartOfFile | None:
        """No longer than `most`; None if there is no file."""
        ...


class SourceWork(Protocol):
    """All that one transaction about data sources may touch."""

    @property
    def sources(self) -> Sources: ...

    @property
    def attempts(self) -> Attempts: ...

    @property
    def files(self) -> SourceFiles: ...

    @property
    def jobs(self) -> JobQueue: ...
