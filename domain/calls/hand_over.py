"""What whoever takes a call over is told, so that nothing has to be said twice."""

from collections.abc import Sequence
from enum import Enum

import attrs

from domain.calls.triggers import first_keyword
from domain.kernel.personal import personal

MOST_KEY_POINTS = 5


class Speaker(Enum):
    AGENT = "agent"
    CUSTOMER = "customer"


@attrs.frozen(kw_only=True)
class Line:
    speaker: Speaker
    text: str = attrs.field(repr=False, metadata=personal("what was said, for whoever goes on"))


@attrs.frozen(kw_only=True)
class Briefing:
    """`summary` is the first, the middle and the last line, as far as they differ."""

    summary: tuple[Line, ...]
    key_points: tuple[str, ...] = attrs.field(repr=False)


def briefing(lines: Sequence[Line], *, keywords: Sequence[str]) -> Briefing:
    """Key points are the customer's questions and what has a keyword in it, the latest of them."""
    places = sorted({0, len(lines) // 2, len(lines) - 1}) if lines else []
    points = [line.text for line in lines if _is_key_point(line, keywords)]
    distinct = tuple(dict.fromkeys(points))
    return Briefing(
        summary=tuple(lines[place] for place in places), key_points=distinct[-MOST_KEY_POINTS:]
    )


def _is_key_point(line: Line, keywords: Sequence[str]) -> bool:
    if line.speaker is not Speaker.CUSTOMER:
        return False
    asks = line.text.rstrip().endswith("?")
    return asks or first_keyword(line.text, keywords) is not None
