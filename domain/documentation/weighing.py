"""How much a word says about a passage, in whole numbers that need no look at other passages.

It is what BM25F makes of how often and where the word stands. The usual lengths are constants,
not averages of what is kept, so that a passage is weighed once, when it is written.
"""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

import attrs

from domain.documentation.pages import Section
from domain.documentation.tokens import LONGEST, tokens

TOP = 255


@attrs.frozen(kw_only=True, eq=False)
class Field:
    """`share` is what of the weight depends on the length. There is one of each."""

    weight: float
    share: float
    usual: float

    def scale(self, length: int) -> float:
        """What it counts to stand once in so many words."""
        return self.weight / (1 - self.share + self.share * length / self.usual)


TITLE = Field(weight=4.0, share=0.8, usual=4)
PATH = Field(weight=1.2, share=0.6, usual=8)
SYMBOLS = Field(weight=5.0, share=0.4, usual=3)
BODY = Field(weight=1.0, share=0.6, usual=110)
SATURATION = 3.0

EXACT = "="
"""Marks a term that stands for a name which the passage defines, as a whole."""


@attrs.frozen(cache_hash=True)
class Weight:
    """From 0 to 255: anywhere in the passage, and in its text alone."""

    anywhere: int
    text: int


DEFINED = Weight(TOP, 0)


def weigh(section: Section) -> Mapping[str, Weight]:
    title = section.path[-1] if section.path else ""
    above = dict[str, float]()
    for field, words in (
        (TITLE, title),
        (PATH, " ".join(section.path[:-1])),
        (SYMBOLS, " ".join(section.symbols)),
    ):
        for term, frequency in _counted(field, words).items():
            above[term] = above.get(term, 0) + frequency
    weights = _weights(Counter(tokens(section.text)), above)
    for name in exact_names(section.symbols):
        weights[EXACT + name] = DEFINED
    return weights


@lru_cache(maxsize=1024)
def _counted(field: Field, words: str) -> Mapping[str, float]:
    """Sections of a page stand below the same titles."""
    counts = Counter(tokens(words))
    scale = field.scale(counts.total())
    return {term: number * scale for term, number in counts.items()}


def _weights(text: Counter[str], above: Mapping[str, float]) -> dict[str, Weight]:
    """Most words stand in the text alone, and weigh as much as any that stands there as often."""
    scale = BODY.scale(text.total())
    parts = {number: _part(number * scale) for number in set(text.values())}
    alike = {number: _weight(part, part) for number, part in parts.items()}
    weights = {term: alike[number] for term, number in text.items()}
    for term, frequency in above.items():
        number = text.get(term, 0)
        part = parts[number] if number else 0
        weights[term] = _weight(_part(frequency + number * scale), part)
    return weights


@lru_cache(maxsize=(TOP + 1) ** 2)
def _weight(anywhere: int, text: int) -> Weight:
    """There are not so many of them."""
    return Weight(anywhere, text)


def exact_names(symbols: tuple[str, ...]) -> set[str]:
    """Each as a whole and by its ends: `asyncio.Task.cancel`, `task.cancel` and `cancel`.

    Options of commands are looked for without the dashes before them.
    """
    names = set[str]()
    for symbol in symbols:
        parts = symbol.lower().lstrip("-").replace("::", ".").split(".")
        names |= {".".join(parts[start:]) for start in range(len(parts))}
    return {name for name in names if 0 < len(name) <= LONGEST}


def _part(frequency: float) -> int:
    return max(1, round(TOP * frequency / (frequency + SATURATION))) if frequency else 0
