"""A program with a database and a folder for its mail, and how to watch what it does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email.message import EmailMessage
from pathlib import Path
from time import monotonic

import attrs
from dependency_injector import providers

from application.kernel.ports import Clock
from domain.kernel.identifiers import BookingId
from entrypoints.wiring.ambient import utc_now
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from entrypoints.worker.main import Worker
from tests.contract.desks import Desk
from tests.servers import at_the_desk, owner_of
from tests.smtp_server import read_mail

PATIENCE = 30.0  # another process may take its time to start
GRACE = 5
MANY = 1000


@attrs.frozen
class Place:
    """Where an office keeps its things; one after the other may move in, or several at once."""

    url: str
    folder: Path

    @property
    def outbox(self) -> Path:
        return self.folder / "mail"

    def mail(self) -> list[EmailMessage]:
        """What says what has become of bookings, in the order of writing."""
        return [mail for mail in self._everything() if not has_papers(mail["Subject"])]

    def papers(self) -> list[EmailMessage]:
        """What papers were sent with."""
        return [mail for mail in self._everything() if has_papers(mail["Subject"])]

    def _everything(self) -> list[EmailMessage]:
        files = sorted(self.outbox.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [read_mail(file.read_bytes()) for file in files]

    @property
    def settings(self) -> Settings:
        return Settings(
            database_url=at_the_desk(self.url),
            database_owner_url=owner_of(self.url),
            allow_unsafe_database=True,
            data_dir=self.folder,
            worker_poll_milliseconds=20,
            worker_grace_seconds=GRACE,
        )

    def container(self, clock: Clock = utc_now) -> Container:
        return Container(settings=self.settings, clock=providers.Object(clock))

    @asynccontextmanager
    async def program(self, clock: Clock = utc_now) -> AsyncIterator[Container]:
        container = self.container(clock)
        yield container
        await container.database().close()


def has_papers(subject: str) -> bool:
    """Whether a letter of that subject brings papers rather than news of a booking."""
    return subject.startswith("Papers of ")


@asynccontextmanager
async def at_work(container: Container) -> AsyncIterator[Worker]:
    worker = Worker.of(container)
    await worker.start()
    try:
        yield worker
    finally:
        await worker.stop()


async def furnish(place: Place) -> None:
    """Leaves a database as it is after the first start, so that not every test waits for that."""
    async with place.program() as container:
        await container.schema().bring()
        async with at_work(container):
            """The engine makes its tables when it starts."""


async def eventually(is_so: Callable[[], Awaitable[bool]]) -> None:
    deadline = monotonic() + PATIENCE
    while not await is_so():
        assert monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.01)


async def arrival(place: Place, count: int) -> list[EmailMessage]:
    """The mail, once there is so much of it."""

    async def has_arrived() -> bool:
        return len(place.mail()) >= count

    await eventually(has_arrived)
    return place.mail()


async def caught_up(desk: Desk, place: Place) -> None:
    """Until a booking is written about that was confirmed after all others.

    What happened before is at work or done by then; a worker that stops waits for the former.
    """
    await desk.confirm(last := await desk.hold(20))

    async def is_written_about() -> bool:
        return bool(await letters(desk, last, place))

    await eventually(is_written_about)


async def letters(desk: Desk, id: BookingId, place: Place) -> list[EmailMessage]:
    """The mail about one booking."""
    booking = await desk.container.bookings.views().booking(desk.actor, id)
    return [mail for mail in place.mail() if booking.reference.text in mail["Subject"]]


def calendar(mail: EmailMessage) -> str:
    (file,) = mail.iter_attachments()
    content = file.get_content()
    text = content if isinstance(content, str) else content.decode()
    return text.replace("\r", "").replace("\n ", "")
