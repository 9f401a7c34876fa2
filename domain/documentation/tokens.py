"""Words as they are looked up: names with their parts, plain words by their stem.

`asyncio.TaskGroup` is found as itself, by `asyncio`, by `taskgroup`, by `task` and by `group`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

LONGEST = 64
"""Longer ones are data, not words."""
SHORT = 4
"""Words of fewer letters have no endings to lose."""
MOST_REMEMBERED, LONGEST_REMEMBERED = 65_536, 256

_WORD = re.compile(r"\w+(?:[.\-:'\u2019/]+\w+)*")
_PARTS = re.compile(r"[.\-:'\u2019/_]+")
_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_a-zA-Z]+|\d+")
_PLAIN = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[.\-:/_]")

STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "me",
        "my",
        "not",
        "of",
        "on",
        "or",
        "should",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "us",
        "use",
        "used",
        "using",
        "want",
        "was",
        "way",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


def tokens(text: str) -> Iterator[str]:
    """Every word of the text, in its order; a compound is followed by its parts."""
    pieces = text.split()
    # What is very long comes once, and would fill the memory.
    fit = max(map(len, pieces), default=0) <= LONGEST_REMEMBERED
    return chain.from_iterable(map(_written if fit else _taken_apart, pieces))


def words_with_places(text: str) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """Where each word stands, and all it is looked up by."""
    for found in _WORD.finditer(text):
        yield found.span(), _forms_of(found.group())


def single_words(text: str) -> Iterator[str]:
    """As they are written, compounds by their parts."""
    for word in _WORD.findall(text):
        yield from filter(None, _PARTS.split(word))


def _taken_apart(piece: str) -> tuple[str, ...]:
    """All that what stands between two spaces is looked up by; no word goes across a space."""
    if piece.isalpha():
        return _forms_of(piece)
    return tuple(chain.from_iterable(map(_forms_of, _WORD.findall(piece))))


_written = lru_cache(maxsize=MOST_REMEMBERED)(_taken_apart)


def _forms_of(word: str) -> tuple[str, ...]:
    return _known_forms(word) if len(word) <= LONGEST_REMEMBERED else _forms(word)


def _forms(word: str) -> tuple[str, ...]:
    if _PLAIN.fullmatch(word) and (word.islower() or word.istitle() or word.isupper()):
        return (stem(word.lower()),) if len(word) <= LONGEST else ()
    pieces = [piece for piece in _PARTS.split(word) if piece and len(piece) <= LONGEST]
    forms = [word.lower()] if _COMPOUND.search(word) and len(word) <= LONGEST else []
    for piece in pieces:
        forms.append(stem(piece.lower()))
        if piece.islower():
            continue
        humps = _HUMPS.findall(piece)
        if len(humps) > 1:
            forms.extend([stem(hump.lower()) for hump in humps])
    return tuple(dict.fromkeys(forms))


_known_forms = lru_cache(maxsize=MOST_REMEMBERED)(_forms)


@lru_cache(maxsize=MOST_REMEMBERED)
def stem(word: str) -> str:
    """Without the endings by which English counts things and tells when something is done."""
    if len(word) < SHORT or not word.isalpha():
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= SHORT - 1 and any(vowel in base for vowel in "aeiouy"):
            return _undoubled(base)
    return word.removesuffix("e") if len(word) > SHORT else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > SHORT:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _undoubled(base: str) -> str:
    if len(base) >= SHORT and base[-1] == base[-2] and base[-1] not in "lsz":
        return base[:-1]
    return base.removesuffix("e") if len(base) > SHORT else base
