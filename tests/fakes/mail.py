"""Mail that goes nowhere."""

import attrs

from application.notifications.ports import Desks, Mailer
from domain.kernel.actors import Actor
from domain.notifications.desks import DeskCard
from domain.notifications.messages import Message, MessageId


@attrs.frozen
class MemoryMailer(Mailer):
    sent: dict[MessageId, Message] = attrs.field(factory=dict)

    async def send(self, message: Message, /) -> None:
        self.sent.setdefault(message.id, message)


@attrs.frozen
class OneDesk(Desks):
    async def of(self, actor: Actor) -> DeskCard:
        return DeskCard(name="Seaside Hotel")
