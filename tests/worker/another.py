"""Another worker, in a process of its own, which may be made to die at a certain moment."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import attrs
from dependency_injector import providers

from application.kernel.jobs import QueuedJob, WaitingJobs
from application.kernel.subscribers import RecordedEvent, Subscriber, SubscriberWork
from application.notifications.ports import Mailer
from domain.notifications.messages import Message
from entrypoints.wiring.container import Container
from entrypoints.worker.main import run_worker
from tests.cli.warm import Started, warm
from tests.worker.offices import Place

WHILE_DELIVERING = "while delivering"
WHILE_HANDING_OVER = "while handing over"
AFTER_SENDING = "after sending"
DEATHS = (WHILE_DELIVERING, WHILE_HANDING_OVER, AFTER_SENDING)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@attrs.frozen
class DyingSubscriber(Subscriber):
    living: Subscriber

    @property
    def name(self) -> str:
        return self.living.name

    @property
    def hears(self) -> frozenset[str]:
        return self.living.hears

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        self.living(event, work)
        die()


@attrs.frozen
class DyingQueue(WaitingJobs):
    living: WaitingJobs

    async def waiting(self, *, limit: int) -> Sequence[QueuedJob]:
        return await self.living.waiting(limit=limit)

    async def forget(self, jobs: Sequence[QueuedJob]) -> None:
        die()


@attrs.frozen
class DyingMailer(Mailer):
    living: Mailer

    async def send(self, message: Message, /) -> None:
        await self.living.send(message)
        die()


def doomed(container: Container, death: str) -> None:
    match death:
        case "while delivering":
            living = container.subscriptions.subscribers()
            dying = tuple(map(DyingSubscriber, living))
            container.subscriptions.subscribers.override(providers.Object(dying))
        case "while handing over":
            queue = DyingQueue(container.queued_jobs())
            container.queued_jobs.override(providers.Object(queue))
        case "after sending":
            mailer = DyingMailer(container.notifications.mailer())
            container.notifications.mailer.override(providers.Object(mailer))


@contextmanager
def another_worker(place: Place, *, death: str = "") -> Iterator[Started]:
    process = warm().start(
        [place.url, str(place.folder), death],
        os.environ,
        place.folder / "another.log",
        module="tests.worker.another",
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    url, folder, death = sys.argv[1:]
    container = Place(url, Path(folder)).container()
    doomed(container, death)
    asyncio.run(run_worker(container))
