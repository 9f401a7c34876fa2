"""Phrases, found however they are capitalised and spaced, and never inside other words."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from domain.calls.utterances import Span, Utterance


def where_said(phrase: str, utterances: Sequence[Utterance]) -> Iterator[Span]:
    pattern = _pattern(phrase)
    for one in utterances:
        for found in pattern.finditer(one.text):
            yield Span(line=one.line, begins=found.start(), ends=found.end())


@lru_cache(maxsize=1024)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
