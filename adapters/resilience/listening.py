"""A model that may be down: after a few failures it is left alone for a while."""

from collections.abc import Sequence

import attrs

from adapters.resilience.breaker import Breaker, BreakerOpen, Preset
from application.calls.listening import DidNotListen, Impression, Listening, NotHeard
from domain.calls.utterances import Utterance

PRESET = Preset(failures=5, successes=2, open_for=60)


def is_outage(error: BaseException) -> bool:
    """What it answers nonsense to, it has answered."""
    return isinstance(error, DidNotListen) and error.why is not NotHeard.GARBLED


@attrs.frozen
class BreakingListening(Listening):
    listening: Listening
    breaker: Breaker

    async def __call__(self, utterances: Sequence[Utterance], /) -> Impression:
        try:
            return await self.breaker(lambda: self.listening(utterances))
        except BreakerOpen:
            raise DidNotListen(NotHeard.RESTING) from None
