"""What imports need: storage for what is still to be done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from application.kernel.jobs import JobQueue
from application.kernel.rows import Row, RowRefused
from domain.kernel.identifiers import ImportId
from domain.pipelines.imports import Import, ImportTarget


class Imports(Protocol):
    """Rows wait in chunks; what is waiting is what is left to do."""

    def save(self, import_: Import) -> Import:
        """Stores the import, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...

    def target(self, import_id: ImportId) -> ImportTarget:
        """What its rows become; that never changes. Raises ImportNotFound."""
        ...

    def locked(self, import_id: ImportId) -> Import:
        """As it is, and as it stays until the unit of work ends. Raises ImportNotFound."""
        ...

    def put(self, import_id: ImportId, chunk: int, rows: Sequence[Row]) -> None: ...

    def take(self, import_id: ImportId, chunk: int) -> Sequence[Row]:
        """The rows of a chunk, which then no longer waits; none if somebody took them before."""
        ...

    def refuse(self, import_id: ImportId, refused: Sequence[RowRefused]) -> None: ...


class ImportWork(Protocol):
    """All that one transaction about an import may touch, beside what the rows become."""

    @property
    def imports(self) -> Imports: ...

    @property
    def jobs(self) -> JobQueue: ...


class Taking(Protocol):
    """Takes rows in the caller's transaction, many with one statement; returns the bad ones."""

    def __call__(
        self, work: ImportWork, rows: Sequence[Row], /, *, now: datetime
    ) -> Sequence[RowRefused]: ...
