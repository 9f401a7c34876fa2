"""Who listens to what was said: feels for every line, and sums the call up."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Protocol

import attrs

from domain.calls.compliance import masked
from domain.calls.lexicon import felt_in
from domain.calls.quality import Listener
from domain.calls.summaries import digest
from domain.calls.utterances import Utterance


class NotHeard(Enum):
    """Why a model did not listen."""

    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    REFUSED = "refused"
    FAILED = "failed"
    GARBLED = "garbled"
    RESTING = "resting"


class DidNotListen(Exception):
    """Says why, and nothing of what was to be listened to."""

    def __init__(self, why: NotHeard) -> None:
        super().__init__(why.value)
        self.why = why


@attrs.frozen(kw_only=True)
class Impression:
    """`sentiments` are in thousandths, by line. `fell_back` is why it is not the model's."""

    sentiments: Mapping[int, int]
    summary: str = attrs.field(repr=False)
    listener: Listener
    fell_back: str | None = None


class Listening(Protocol):
    async def __call__(self, utterances: Sequence[Utterance], /) -> Impression:
        """Of all lines. Raises DidNotListen."""
        ...


@attrs.frozen
class ByLexicon(Listening):
    """Needs nobody, and says of the same lines the same for ever."""

    async def __call__(self, utterances: Sequence[Utterance], /) -> Impression:
        return Impression(
            sentiments={one.line: felt_in(one.text) for one in utterances},
            summary=digest(utterances),
            listener=Listener.LEXICON,
        )


@attrs.frozen(kw_only=True)
class WithFallback(Listening):
    """Whatever becomes of the model, somebody listens; the answer says who, and why not the model.

    Numbers that nobody should have said are not passed on.
    """

    model: Listening
    otherwise: Listening

    async def __call__(self, utterances: Sequence[Utterance], /) -> Impression:
        shown = [attrs.evolve(one, text=masked(one.text)) for one in utterances]
        try:
            return await self.model(shown)
        except DidNotListen as error:
            impression = await self.otherwise(shown)
            return attrs.evolve(impression, fell_back=error.why.value)
