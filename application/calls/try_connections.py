"""Try whether the telephone line and the model are there: really asked, and nothing is changed."""

from collections.abc import Callable
from enum import Enum

import attrs

from application.calls.listening import Listening
from application.calls.telephony import (
    NoTelephony,
    Telephonies,
    TelephonyRefused,
    TelephonyUnavailable,
)
from application.kernel.ports import Clock
from domain.calls.quality import Listener
from domain.calls.utterances import Speaker, Utterance
from domain.kernel.actors import Actor

HELLO = "Hello."


class ConnectionOutcome(Enum):
    REACHED = "reached"
    FAILED = "failed"
    NOT_SET_UP = "not_set_up"


@attrs.frozen(kw_only=True)
class Connection:
    """`provider` is who was asked, `reason` a word for why it failed."""

    outcome: ConnectionOutcome
    milliseconds: int
    provider: str | None = None
    reason: str | None = None


@attrs.frozen(kw_only=True)
class Connections:
    telephony: Connection
    model: Connection


@attrs.frozen(kw_only=True)
class TryConnections:
    actor: Actor


@attrs.frozen(kw_only=True)
class TryConnectionsHandler:
    """As calls ask: with their time limits, and what is left alone for a while is left alone."""

    telephonies: Telephonies
    listening: Listening
    clock: Clock
    seconds: Callable[[], float]

    async def __call__(self, command: TryConnections, /) -> Connections:
        telephony = await self._telephony(command.actor)
        return Connections(telephony=telephony, model=await self._model())

    async def _telephony(self, actor: Actor) -> Connection:
        began = self.seconds()
        try:
            line = self.telephonies.of(actor.organization_id)
        except NoTelephony as refusal:
            return self._came_of(began, ConnectionOutcome.NOT_SET_UP, reason=refusal.code)
        try:
            await line.calls_since(self.clock())
        except TelephonyRefused as refusal:
            return self._came_of(began, ConnectionOutcome.FAILED, line.name, refusal.reason)
        except NoTelephony:
            return self._came_of(began, ConnectionOutcome.FAILED, line.name, "not_admitted")
        except TelephonyUnavailable as refusal:
            return self._came_of(began, ConnectionOutcome.FAILED, line.name, refusal.code)
        return self._came_of(began, ConnectionOutcome.REACHED, line.name)

    async def _model(self) -> Connection:
        """It is shown one line that nobody has said, in no call."""
        began = self.seconds()
        hello = Utterance(line=1, speaker=Speaker.CUSTOMER, text=HELLO, begins_at=self.clock())
        impression = await self.listening([hello])
        if impression.fell_back is not None:
            return self._came_of(began, ConnectionOutcome.FAILED, reason=impression.fell_back)
        if impression.listener is Listener.LEXICON:
            return self._came_of(began, ConnectionOutcome.NOT_SET_UP)
        return self._came_of(began, ConnectionOutcome.REACHED)

    def _came_of(
        self,
        began: float,
        outcome: ConnectionOutcome,
        provider: str | None = None,
        reason: str | None = None,
    ) -> Connection:
        took = max(0, round((self.seconds() - began) * 1000))
        return Connection(outcome=outcome, milliseconds=took, provider=provider, reason=reason)
