"""Reports, sent as any other message."""

from collections.abc import Iterator
from datetime import datetime
from uuid import uuid5

import attrs

from application.analytics.schedule_ports import Addressee, Posted, ReportLetter, ReportPost
from application.notifications.ports import Mailer, NotSent
from domain.kernel.periods import Zone
from domain.notifications.messages import (
    Attachment,
    Message,
    MessageId,
    Undeliverable,
    one_line,
)


@attrs.frozen
class MailedReports(ReportPost):
    mailer: Mailer

    async def send(self, letter: ReportLetter, to: Addressee, /) -> Posted:
        file = letter.file
        try:
            message = Message(
                id=MessageId(uuid5(letter.run.id, f"report {to.member_id}")),
                to=to.email,
                subject=f"{letter.name}: {letter.title}",
                text="\n".join(map(one_line, _lines(letter))) + "\n",
                attachments=()
                if file is None
                else (
                    Attachment(
                        filename=file.filename,
                        content_type=file.media_type,
                        content=file.content,
                    ),
                ),
            )
            await self.mailer.send(message)
        except Undeliverable:
            return Posted.REFUSED
        except NotSent:
            return Posted.LATER
        return Posted.TAKEN


def _lines(letter: ReportLetter) -> Iterator[str]:
    zone = letter.zone
    yield letter.title
    yield f"From {_shown(letter.period.starts_at, zone)}"
    yield f"until {_shown(letter.period.ends_at, zone)}, {zone.name}"
    yield f"Rows: {letter.rows}"
    yield ""
    if letter.file is not None:
        yield f"Attached: {letter.file.filename}"
    elif letter.link is not None and letter.link_until is not None:
        yield letter.link
        yield f"The link is good until {_shown(letter.link_until, zone)}; keep it to yourself."
    else:
        yield f"The file: {letter.path}"
    yield ""
    yield f"Sent by the report schedule {letter.run.schedule_id}."


def _shown(moment: datetime, zone: Zone) -> str:
    return f"{zone.wall_time(moment):%Y-%m-%d %H:%M}"
