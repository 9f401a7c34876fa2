"""Patterns whose worst case is known beforehand: part of what regular expressions can say.

A backtracking engine tries at most the product of all choices. Groups that are repeated, and
whatever refers to what matched before, make that product endless, so they are not part of it.
"""

import re
from functools import lru_cache
from typing import ClassVar

import attrs

from domain.kernel.refusals import Invalid

LONGEST_PATTERN = 200
LONGEST_SUBJECT = 256
STAR, CHOICE, MOST = 8, 2, 24
"""The weights of what can be tried in several ways: three repetitions, or two and four choices."""

# An escape, a class of characters, a group that may be named, a repetition, or anything else.
TOKEN = re.compile(
    r"\\[A-Za-z0-9]|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?P<[a-z_]+>|\(\?:|\(\?|\(|\)"
    r"|[*+?]|\{[0-9]*,?[0-9]*\}|\||[\s\S]"
)
COUNTED = re.compile(r"\{[0-9]*,?[0-9]*\}")
ESCAPED = re.compile(r"\\[A-Za-z0-9]")
LOOKING = "(?"
MAY_ESCAPE = frozenset("dDwWsStnr")


@attrs.frozen
class BadPattern(Invalid):
    code: ClassVar[str] = "bad_pattern"
    field: ClassVar[str] = "steps"
    why: str

    def __str__(self) -> str:
        return f"a pattern is a regular expression within bounds: {self.why}"


def demand(pattern: str) -> None:
    """Raises BadPattern."""
    if len(pattern) > LONGEST_PATTERN:
        raise BadPattern(f"it has at most {LONGEST_PATTERN} characters")
    stars = choices = 0
    before = ""
    for token in TOKEN.findall(pattern):
        _demand_token(token, before)
        stars += token in ("*", "+") or COUNTED.fullmatch(token) is not None
        choices += token in ("?", "|")
        before = token
    if STAR * stars + CHOICE * choices > MOST:
        raise BadPattern("it has at most three repetitions, each as good as four choices")
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise BadPattern("it is none") from error


def matched(pattern: str, subject: str) -> re.Match[str] | None:
    """All of the subject; a longer one than is looked at matches nothing."""
    if len(subject) > LONGEST_SUBJECT:
        return None
    return _compiled(pattern).fullmatch(subject)


def _demand_token(token: str, before: str) -> None:
    if token == LOOKING:
        raise BadPattern("it looks neither ahead nor back")
    if ESCAPED.fullmatch(token) and token[1] not in MAY_ESCAPE:
        raise BadPattern("it does not refer to what it matched before")
    repeats = token in ("*", "+", "?") or COUNTED.fullmatch(token)
    if repeats and before == ")":
        raise BadPattern("groups are not repeated")


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
