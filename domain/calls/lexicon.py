"""Sentiment by a list of words: crude, the same for everybody, and free of any model.

It counts English words that please and words that complain; one that follows a negation counts
for the other side. What has neither is neutral.
"""

import re
from fractions import Fraction

from domain.calls.thousandths import in_thousandths

WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
REACH = 3
"""So many words a negation reaches over: "not a very good"."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATIONS = _words(
    """not no never nothing none neither nor cannot without hardly don't doesn't didn't isn't
    aren't wasn't weren't won't wouldn't can't couldn't shouldn't haven't hasn't hadn't"""
)
PLEASED = _words(
    """amazing appreciate appreciated beautiful best brilliant comfortable delighted easy excellent
    fantastic fine friendly glad good grateful great happy helpful impressed kind love loved lovely
    nice perfect pleasant pleased pleasure polite recommend satisfied smooth splendid super thank
    thanks welcome wonderful"""
)
DISPLEASED = _words(
    """angry annoyed annoying appalling awful bad broken cheated complain complaint confused
    delay delayed dirty disappointed disappointing disgusting dreadful fail failed fraud frustrated
    frustrating furious hate horrible impossible incompetent lie lied lousy mess mistake
    nonsense outrageous overcharged poor problem problems ridiculous rude scam shame shocking slow
    stupid terrible unacceptable unfair unhappy unhelpful upset useless waste worse worst wrong"""
)


def felt_in(text: str) -> int:
    """In thousandths, from -1000 to 1000."""
    pleased = displeased = 0
    negated_for = 0
    for word in WORD.findall(text.lower().replace("\u2019", "'")):
        if word in NEGATIONS:
            negated_for = REACH
            continue
        pleases, displeases = word in PLEASED, word in DISPLEASED
        if negated_for:
            pleases, displeases = displeases, pleases
            negated_for -= 1
        pleased += pleases
        displeased += displeases
    total = pleased + displeased
    return in_thousandths(Fraction(pleased - displeased, total)) if total else 0
