"""What a password has to be (NIST SP 800-63B-4): long, and not what everybody would try first.

No rules about the kinds of characters in it, and none about its age: they make passwords worse.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import ClassVar
from unicodedata import normalize

import attrs

from domain.kernel.refusals import Invalid

SHORTEST_ALONE = 15
SHORTEST_WITH_SECOND_FACTOR = 8
LONGEST = 128
PRODUCT = "frontdesk"
SHORTEST_WORD = 4

ROWS = (
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)


@attrs.frozen
class PasswordTooShort(Invalid):
    code: ClassVar[str] = "password_too_short"
    field: ClassVar[str] = "password"
    shortest: int

    def __str__(self) -> str:
        return f"a password has at least {self.shortest} characters; a few words make a good one"


@attrs.frozen
class PasswordTooLong(Invalid):
    code: ClassVar[str] = "password_too_long"
    field: ClassVar[str] = "password"
    longest: int

    def __str__(self) -> str:
        return f"a password has at most {self.longest} characters"


@attrs.frozen
class PasswordTooCommon(Invalid):
    """Among the first that anybody would try: chosen by many, a walk over the keyboard, repeated
    over and over, or made of the names of those it belongs to.
    """

    code: ClassVar[str] = "password_too_common"
    field: ClassVar[str] = "password"

    def __str__(self) -> str:
        return "that password is among the first anybody would try; choose another one"


def composed(password: str) -> str:
    """As it is compared: however its accents were typed."""
    return normalize("NFC", password)


@attrs.frozen(kw_only=True)
class PasswordRules:
    """`is_common` knows, in lower case, what many people chose."""

    is_common: Callable[[str], bool]

    def must_be_good(
        self, password: str, *, words: Iterable[str], shortest: int = SHORTEST_ALONE
    ) -> None:
        """`words` are names around it. Raises what is wrong with it, and never repeats it."""
        text = composed(password)
        if len(text) < shortest:
            raise PasswordTooShort(shortest)
        if len(text) > LONGEST:
            raise PasswordTooLong(LONGEST)
        if self._is_guessable(text.casefold(), [word.casefold() for word in (*words, PRODUCT)]):
            raise PasswordTooCommon

    def _is_guessable(self, text: str, words: Iterable[str]) -> bool:
        core = _core(text)
        return (
            self.is_common(text)
            or self.is_common(core)
            or _is_walk(text)
            or _is_repeated(text)
            or _is_made_of(core, words)
        )


def _core(text: str) -> str:
    """Without the digits and signs that people put around a word to make it pass; what is then
    the same thing over and over counts once. Where they are most of it, they are no ornament.
    """
    core = text.strip("".join(one for one in set(text) if not one.isalpha()))
    return core[: _period(core)] if len(core) * 2 >= len(text) else text


def _is_repeated(text: str) -> bool:
    """Whether less than a third of it is new: the same few characters over and over."""
    return _period(text) * 3 <= len(text)


def _period(text: str) -> int:
    """How long a piece of it must be for the whole to be that piece, repeated."""
    return next(
        (n for n in range(1, len(text)) if text == (text[:n] * len(text))[: len(text)]), len(text)
    )


def _is_walk(text: str) -> bool:
    """Whether nearly every character is the neighbour of the one before."""
    steps = sum(_are_neighbours(one, other) for one, other in pairwise(text))
    return steps * 5 >= (len(text) - 1) * 4


def _are_neighbours(one: str, other: str) -> bool:
    pair = one + other
    return one == other or any(pair in row or pair in row[::-1] for row in ROWS)


def _is_made_of(core: str, words: Iterable[str]) -> bool:
    """Whether next to nothing is left once the words around it are taken out."""
    left = core
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= SHORTEST_WORD:
            left = left.replace(word, "")
    return left != core and len(left) < SHORTEST_WORD
