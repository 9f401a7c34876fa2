"""What whoever takes a call over is told, so that nothing has to be said twice."""

from collections.abc import Sequence

import attrs

from domain.calls.triggers import first_keyword
from domain.calls.utterances import Side, Utterance, said_by

MOST_KEY_POINTS = 5


@attrs.frozen(kw_only=True)
class Briefing:
    """`summary` is the first, the middle and the last line, as far as they differ."""

    summary: tuple[Utterance, ...]
    key_points: tuple[str, ...] = attrs.field(repr=False)


def briefing(utterances: Sequence[Utterance], *, keywords: Sequence[str]) -> Briefing:
    """Key points are the customer's questions and what has a keyword in it, the latest of them."""
    places = sorted({0, len(utterances) // 2, len(utterances) - 1}) if utterances else []
    theirs = said_by(Side.CUSTOMER, utterances)
    points = dict.fromkeys(one.text for one in theirs if _is_key_point(one.text, keywords))
    return Briefing(
        summary=tuple(utterances[place] for place in places),
        key_points=tuple(points)[-MOST_KEY_POINTS:],
    )


def _is_key_point(text: str, keywords: Sequence[str]) -> bool:
    return text.rstrip().endswith("?") or first_keyword(text, keywords) is not None
