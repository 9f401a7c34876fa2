"""Sending a message is a step of the trace it is sent in."""

import attrs

from application.kernel.tracing import Continuing, trace_at_hand
from application.notifications.ports import Mailer
from domain.notifications.messages import Message


@attrs.frozen
class TracedMailer(Mailer):
    mailer: Mailer
    continuing: Continuing

    async def send(self, message: Message, /) -> None:
        with self.continuing("send mail", trace_at_hand()):
            await self.mailer.send(message)
