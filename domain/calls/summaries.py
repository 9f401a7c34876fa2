"""What a call was about, in the words of those who were in it."""

from collections.abc import Sequence

from domain.calls.utterances import Utterance

LONGEST = 2000
LONGEST_LINE = 600


def digest(utterances: Sequence[Utterance]) -> str:
    """The first line, the one in the middle and the last; empty if nothing was said."""
    count = len(utterances)
    places = sorted({0, count // 2, count - 1}) if count else []
    return "\n".join(utterances[place].text[:LONGEST_LINE] for place in places)
