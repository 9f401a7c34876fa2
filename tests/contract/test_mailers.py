"""What every mailer promises: a message arrives as it was written, and is known by its id."""

from collections.abc import Callable, Iterator, Sequence
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import attrs
import pytest
from anyio import create_task_group

from adapters.mail.mime import Sender
from adapters.mail.outgoing_files import MailFolder
from adapters.mail.smtp import Security, SmtpMailer, SmtpServer
from application.notifications.ports import Mailer
from domain.notifications.messages import Attachment, Message, MessageId
from tests.fakes.mail import MemoryMailer
from tests.samples_of_notifications import MESSAGE, NOW
from tests.smtp_server import Script, read_mail, smtp_server

pytestmark = pytest.mark.anyio

SENDER = Sender(name='Front "desk", Ltd.', address="desk@example.org")


@attrs.frozen(kw_only=True)
class Post:
    """A mailer with a look into the letter box at its other end."""

    mailer: Mailer
    arrived: Callable[[], Sequence[Message]]
    knows_what_it_sent: bool = True


def read(mail: EmailMessage) -> Message:
    """A message as the mail program of its reader understands it."""
    body = mail.get_body()
    assert body
    return Message(
        id=MessageId(UUID(mail["Message-ID"].strip("<>").partition("@")[0])),
        to=mail["To"].addresses[0].addr_spec,
        subject=mail["Subject"],
        text=body.get_content().replace("\r\n", "\n"),
        attachments=tuple(attachment(part) for part in mail.iter_attachments()),
    )


def attachment(part: EmailMessage) -> Attachment:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    content_type = part["Content-Type"]
    parameters = {
        "charset": content_type.params["charset"],
        "method": content_type.params["method"],
    }
    return Attachment(
        filename=part.get_filename() or "",
        content_type="; ".join(
            [content_type.content_type, *(f"{name}={value}" for name, value in parameters.items())]
        ),
        content=content,
    )


def memory(_: Path) -> Iterator[Post]:
    mailer = MemoryMailer()
    yield Post(mailer=mailer, arrived=lambda: list(mailer.sent.values()))


def files(folder: Path) -> Iterator[Post]:
    out = folder / "outgoing"
    mailer = MailFolder(folder=out, sender=SENDER, clock=lambda: NOW)
    yield Post(
        mailer=mailer,
        arrived=lambda: [read(read_mail(file.read_bytes())) for file in out.iterdir()],
    )


def smtp(_: Path) -> Iterator[Post]:
    with smtp_server(Script()) as script:
        server = SmtpServer(host="127.0.0.1", port=script.port, security=Security.NONE)
        mailer = SmtpMailer(server=server, sender=SENDER, clock=lambda: NOW)
        yield Post(
            mailer=mailer,
            arrived=lambda: [read(mail) for mail in script.inbox],
            knows_what_it_sent=False,
        )


@pytest.fixture(params=[memory, files, smtp])
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    yield from request.param(tmp_path)


async def test_a_message_arrives_as_it_was_written(post: Post) -> None:
    await post.mailer.send(MESSAGE)

    assert post.arrived() == [MESSAGE]


async def test_a_message_without_attachments_arrives(post: Post) -> None:
    plain = attrs.evolve(MESSAGE, attachments=())
    await post.mailer.send(plain)

    assert post.arrived() == [plain]


async def test_a_message_sent_again_is_known_by_its_id(post: Post) -> None:
    await post.mailer.send(MESSAGE)
    await post.mailer.send(attrs.evolve(MESSAGE, text="The same, written again.\n"))

    assert {message.id for message in post.arrived()} == {MESSAGE.id}
    if post.knows_what_it_sent:
        assert post.arrived() == [MESSAGE]


async def test_other_messages_are_other_messages(post: Post) -> None:
    other = attrs.evolve(MESSAGE, id=MessageId(UUID(int=7)))
    async with create_task_group() as at_once:
        at_once.start_soon(post.mailer.send, MESSAGE)
        at_once.start_soon(post.mailer.send, other)

    assert sorted(str(message.id) for message in post.arrived()) == sorted(
        [str(MESSAGE.id), str(other.id)]
    )


@pytest.mark.parametrize(
    "forged",
    [
        "Hi\r\nBcc: eve@example.com",
        "Hi\nContent-Type: text/html\n\n<b>",
        "Hi\r\n.\r\nMAIL FROM:<eve@example.com>",
        "=?utf-8?q?Hi=0D=0ABcc:_eve@example.com?=",
        "x" * 2000,
        "\u2028\x00\x85Hi",
    ],
)
async def test_nothing_in_a_message_becomes_a_header(post: Post, forged: str) -> None:
    await post.mailer.send(attrs.evolve(MESSAGE, subject=forged, text=forged + "\n"))

    [arrived] = post.arrived()
    assert arrived.to == MESSAGE.to
    assert arrived.attachments == MESSAGE.attachments


@pytest.mark.parametrize(
    "address", ["ada@bücher.example", "zoë@example.com", "o'neil+tag@example.com"]
)
async def test_addresses_of_the_world_are_written_to(post: Post, address: str) -> None:
    await post.mailer.send(attrs.evolve(MESSAGE, to=address))

    [arrived] = post.arrived()
    assert arrived.to in (address, "ada@xn--bcher-kva.example")
