"""Papers, sent as any other message."""

from collections.abc import Sequence
from uuid import UUID, uuid5

import attrs

from application.notifications.ports import Mailer
from application.paperwork.ports import Enclosure, PaperPost
from domain.notifications.messages import Attachment, Message, MessageId, one_line
from domain.paperwork.papers import Paper, PaperKind

WORDS = {
    PaperKind.VOUCHER: "voucher",
    PaperKind.INVOICE: "invoice",
    PaperKind.CREDIT_NOTE: "credit note",
    PaperKind.RECEIPT: "receipt",
    PaperKind.CERTIFICATE: "certificate",
}


@attrs.frozen
class MailedPapers(PaperPost):
    mailer: Mailer

    async def send(
        self, papers: Sequence[Paper], enclosures: Sequence[Enclosure], *, cause: UUID
    ) -> None:
        first = papers[0].content
        names = [WORDS[paper.kind] for paper in papers]
        lines = [
            f"Hello {first.recipient.name},",
            "",
            f"attached is your {_listed(names)} for this booking:",
            "",
            f"Reference: {first.reference}",
            f"What: {first.title}",
        ]
        message = Message(
            id=MessageId(uuid5(cause, "papers")),
            to=first.recipient.email,
            subject=f"Papers of {first.reference}: {_listed(names)}",
            text="\n".join(map(one_line, lines)) + "\n",
            attachments=tuple(
                Attachment(
                    filename=enclosure.filename,
                    content_type="application/pdf",
                    content=enclosure.printed.content,
                )
                for enclosure in enclosures
            ),
        )
        await self.mailer.send(message)


def _listed(names: Sequence[str]) -> str:
    *others, last = dict.fromkeys(names)
    return f"{', '.join(others)} and {last}" if others else last
