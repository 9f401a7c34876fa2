"""What became of mail: how often each message reached its reader."""

from collections import Counter
from collections.abc import Iterator

import attrs

from application.notifications.ports import Mailer
from domain.notifications.messages import Message, MessageId
from tests.simulation.oracles import Finding


@attrs.frozen
class Letters(Mailer):
    """As servers of mail do: a message that came twice under one id is shown once."""

    shown: dict[MessageId, Message] = attrs.field(factory=dict)
    came: Counter[MessageId] = attrs.field(factory=Counter)

    async def send(self, message: Message, /) -> None:
        self.came[message.id] += 1
        self.shown.setdefault(message.id, message)

    def doubled(self) -> Iterator[Finding]:
        """Readers who were shown the same letter twice."""
        shown = Counter((one.to, one.subject, one.text) for one in self.shown.values())
        for (_, subject, _), times in shown.items():
            if times > 1:
                yield "every letter is shown once", f"{subject}: {times} times"
