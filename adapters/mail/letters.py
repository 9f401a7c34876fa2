"""Letters to members, sent as any other message, and the links in them."""

import attrs

from application.identity.people_ports import LetterLinks, Letters
from application.notifications.ports import Mailer
from domain.identity.letters import Letter
from domain.identity.mail_tokens import Purpose
from domain.notifications.messages import Message, MessageId


@attrs.frozen
class MailedLetters(Letters):
    mailer: Mailer

    async def send(self, letter: Letter, /) -> None:
        message = Message(
            id=MessageId(letter.id), to=letter.to, subject=letter.subject, text=letter.text
        )
        await self.mailer.send(message)


@attrs.frozen
class LinksToPage(LetterLinks):
    """Behind a `#`, so that the secret stays in the browser and out of the logs of whoever serves
    the page. Without a page, the bare secret, for the API.
    """

    page: str | None

    def to(self, purpose: Purpose, secret: str) -> str:
        return secret if self.page is None else f"{self.page}#{purpose.value}={secret}"
