"""What was said in a call, line by line."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

import attrs

from domain.kernel.personal import personal


class Side(Enum):
    """Whose side of the line it is; a bot speaks for the desk."""

    DESK = "desk"
    CUSTOMER = "customer"


class Speaker(Enum):
    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"

    @property
    def side(self) -> Side:
        return Side.CUSTOMER if self is Speaker.CUSTOMER else Side.DESK


class FeltBy(Enum):
    """Whoever wrote the line down, or a list of words until somebody better listens."""

    GIVEN = "given"
    LEXICON = "lexicon"


@attrs.frozen(kw_only=True)
class Utterance:
    """`line` counts from 1. `ends_at` is there if whoever wrote it down knows.

    `sentiment` is in thousandths, from -1000 to 1000; None is where nobody has felt for it.
    """

    line: int
    speaker: Speaker
    text: str = attrs.field(repr=False, metadata=personal("to know what was said"))
    audio_url: str | None = attrs.field(
        default=None, repr=False, metadata=personal("to hear what was said")
    )
    begins_at: datetime
    ends_at: datetime | None = None
    sentiment: int | None = None
    felt_by: FeltBy = FeltBy.GIVEN

    @property
    def side(self) -> Side:
        return self.speaker.side


@attrs.frozen(kw_only=True)
class Span:
    """Characters of a line, from `begins` up to but without `ends`: what an answer rests on."""

    line: int
    begins: int
    ends: int


def whole(utterance: Utterance) -> Span:
    return Span(line=utterance.line, begins=0, ends=len(utterance.text))


def said_by(side: Side, utterances: Sequence[Utterance]) -> tuple[Utterance, ...]:
    return tuple(one for one in utterances if one.side is side)
