"""How somebody sounds: from -1000, as bad as can be, to 1000; 0 is neutral and as good as any."""

from collections.abc import Sequence
from enum import Enum
from fractions import Fraction

from domain.calls.utterances import Side, Utterance, said_by

POSITIVE_ABOVE = 100
NEGATIVE_BELOW = -100


class Label(Enum):
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"

    @classmethod
    def of(cls, sentiment: int) -> "Label":
        if sentiment > POSITIVE_ABOVE:
            return cls.POSITIVE
        return cls.NEGATIVE if sentiment < NEGATIVE_BELOW else cls.NEUTRAL


def sentiment_of_customer(utterances: Sequence[Utterance]) -> int | None:
    """The mean over the customer's lines, neutral ones included; None if none was felt for."""
    felt = [
        one.sentiment for one in said_by(Side.CUSTOMER, utterances) if one.sentiment is not None
    ]
    return round(Fraction(sum(felt), len(felt))) if felt else None
