"""A mail host that may be down: after a few failures it is left alone for a while."""

import attrs

from adapters.resilience.breaker import Breaker, BreakerOpen, Preset
from application.notifications.ports import Mailer, NotReached
from domain.notifications.messages import Message

PRESET = Preset(failures=5, successes=2, open_for=30)


def is_outage(error: BaseException) -> bool:
    """What it does not take, for good or for now, it has answered."""
    return isinstance(error, NotReached)


@attrs.frozen
class BreakingMailer(Mailer):
    mailer: Mailer
    breaker: Breaker

    async def send(self, message: Message, /) -> None:
        try:
            await self.breaker(lambda: self.mailer.send(message))
        except BreakerOpen:
            raise NotReached("the mail server is left alone for a while") from None
