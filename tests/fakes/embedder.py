"""A model that can be foreseen: a text is its words, and words that mean the same are one."""

from array import array
from collections.abc import Mapping, Sequence
from hashlib import blake2b

import attrs

from application.documentation.embedding import Embedder, NotEmbedded
from domain.documentation.meaning import Vector
from domain.documentation.tokens import STOP_WORDS, tokens

DIMENSIONS = 64


@attrs.define(kw_only=True)
class WordsEmbedder(Embedder):
    same: Mapping[str, str] = attrs.field(factory=dict)
    model: str = "words"
    fails: bool = False
    asked: list[str] = attrs.field(factory=list)

    async def __call__(self, texts: Sequence[str], /) -> Sequence[Vector]:
        if self.fails:
            raise NotEmbedded("down")
        self.asked.extend(texts)
        return list(map(self.vector, texts))

    def vector(self, text: str) -> Vector:
        counts = [0] * DIMENSIONS
        for word in dict.fromkeys(tokens(text)):
            if word not in STOP_WORDS:
                counts[_place(self.same.get(word, word))] += 10
        return array("b", (min(count, 127) for count in counts)).tobytes()


def _place(word: str) -> int:
    return blake2b(word.encode(), digest_size=2).digest()[0] % DIMENSIONS
