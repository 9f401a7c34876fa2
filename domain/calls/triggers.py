"""What makes a call one for a person, by the rules of the organization."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum

import attrs

from domain.kernel.personal import personal

LONG_SENTENCE = 20
SENTENCES = re.compile(r"[.!?…]+")
WORDS = re.compile(r"\w+(?:['’\-]\w+)*")  # noqa: RUF001  (apostrophes as people type them)


class Trigger(Enum):
    SENTIMENT = "sentiment"
    KEYWORD = "keyword"
    COMPLEXITY = "complexity"
    MANUAL = "manual"


@attrs.frozen(kw_only=True)
class Said:
    """What a customer said, and how it sounded, from -1 to 1, where somebody has judged it."""

    text: str = attrs.field(repr=False, metadata=personal("what was said, to judge it by"))
    sentiment: float | None = None


@attrs.frozen(kw_only=True)
class Pulled:
    """Which trigger it was, and by what: one of our own keywords, or a number."""

    trigger: Trigger
    keyword: str | None = None
    value: float | None = None


@attrs.frozen(kw_only=True)
class Triggers:
    """`sentiment` at or under which, `complexity` at or over which it is one for a person."""

    sentiment: float
    keywords: tuple[str, ...]
    complexity: float

    def pulled_by(
        self, said: Said, *, besides: AbstractSet[Trigger] = frozenset()
    ) -> Pulled | None:
        """The first of them, other than those."""
        pulled = (one for one in self._pulled_by(said) if one.trigger not in besides)
        return next(pulled, None)

    def _pulled_by(self, said: Said) -> Iterator[Pulled]:
        """A sentiment of 0 is one; None is not."""
        if said.sentiment is not None and said.sentiment <= self.sentiment:
            yield Pulled(trigger=Trigger.SENTIMENT, value=said.sentiment)
        keyword = first_keyword(said.text, self.keywords)
        if keyword is not None:
            yield Pulled(trigger=Trigger.KEYWORD, keyword=keyword)
        complexity = complexity_of(said.text)
        if complexity >= self.complexity:
            yield Pulled(trigger=Trigger.COMPLEXITY, value=complexity)


def first_keyword(text: str, keywords: Sequence[str]) -> str | None:
    """Whole words only: who says 'humanity' asks for nobody."""
    plain = " ".join(WORDS.findall(text.casefold()))
    for keyword in keywords:
        words = " ".join(WORDS.findall(keyword.casefold()))
        if words and re.search(rf"(?<!\S){re.escape(words)}(?!\S)", plain):
            return keyword
    return None


def complexity_of(text: str) -> float:
    """Average words a sentence, by twenty, and 1 at the most."""
    lengths = [len(WORDS.findall(sentence)) for sentence in SENTENCES.split(text)]
    sentences = [length for length in lengths if length]
    if not sentences:
        return 0.0
    return min(sum(sentences) / len(sentences) / LONG_SENTENCE, 1.0)
