"""Mail that goes nowhere."""

import attrs

from application.notifications.ports import Mailer
from domain.notifications.messages import Message, MessageId


@attrs.frozen
class MemoryMailer(Mailer):
    sent: dict[MessageId, Message] = attrs.field(factory=dict)

    async def send(self, message: Message, /) -> None:
        self.sent.setdefault(message.id, message)
