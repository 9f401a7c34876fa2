"""What the engine asks of the library behind it, so that the library loads only when it starts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from application.kernel.jobs import DeadJob, QueuedJob
from domain.kernel.identifiers import JobId


class Runtime(Protocol):
    """Synchronous: every call waits for the database and belongs on a thread."""

    def submit(self, jobs: Sequence[QueuedJob]) -> None: ...

    def dead(self, *, limit: int) -> Sequence[DeadJob]: ...

    def retry(self, job_id: JobId) -> None: ...

    def begin_again(self, now: datetime, *, limit: int) -> int: ...

    def forget_finished(self, before: datetime) -> int: ...

    def stop(self, *, patience: float) -> None: ...
