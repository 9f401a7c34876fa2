"""Texts in the one form in which they are looked for."""

from collections.abc import Iterable
from unicodedata import category, normalize

LONGEST_WORD = 40
LONGEST_TEXT = 200


def folded(text: str) -> str:
    """Neither accents nor case make a difference, nor how a letter is encoded."""
    return " ".join(_bare(text).split())[:LONGEST_TEXT]


def words(texts: Iterable[str]) -> frozenset[str]:
    """Of a longer word, its beginning. Where words are not set apart, a whole phrase is one."""
    return frozenset(word[:LONGEST_WORD] for text in texts for word in _spaced(text).split())


def _spaced(text: str) -> str:
    # Indic vowel signs (Mc) are marks, and still part of their word.
    return "".join(c if c.isalnum() or category(c) == "Mc" else " " for c in _bare(text))


def _bare(text: str) -> str:
    decomposed = normalize("NFKD", normalize("NFKD", text).casefold())
    return "".join(character for character in decomposed if category(character) != "Mn")
