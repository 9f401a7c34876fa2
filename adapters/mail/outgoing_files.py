"""Mail into a folder, for development: one file a message, for any mail program to open."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

import attrs
from anyio import to_thread

from adapters.mail.mime import Sender, mime
from application.kernel.ports import Clock
from application.notifications.ports import Mailer, NotSent
from domain.notifications.messages import Message


@attrs.frozen(kw_only=True)
class MailFolder(Mailer):
    """Sends exactly once: a file is named after its message and is there whole or not at all."""

    folder: Path
    sender: Sender
    clock: Clock

    async def send(self, message: Message, /) -> None:
        content = mime(message, sender=self.sender, sent_at=self.clock()).as_bytes()
        try:
            await to_thread.run_sync(_write_once, self.folder / f"{message.id}.eml", content)
        except OSError as error:
            raise NotSent("the folder for outgoing mail cannot be written to") from error


def _write_once(file: Path, content: bytes) -> None:
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, prefix=".", suffix=".part", delete=False) as part:
        written = Path(part.name)
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        except OSError:
            written.unlink()
            raise
    written.replace(file)
