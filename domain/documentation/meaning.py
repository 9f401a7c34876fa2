"""Passages by what they mean, beside how well their words fit: in whole numbers."""

from collections.abc import Mapping, Sequence
from operator import mul

import attrs

from domain.documentation.ranking import Candidate

NEAR_THE_TOP = 10
"""The smaller, the more the first places count. The lists are short."""
SHARE = 1_000_000
BY_WORDS, BY_MEANING = 1, 2
"""What a place is worth: of questions, the meaning tells more."""

Vector = bytes
"""One signed byte a dimension; all of a model are as long as each other."""


@attrs.frozen
class Meaning:
    """Of a text, as one model sees it: vectors of another are of no use beside it."""

    model: str
    vector: Vector


def by_meaning(
    ranked: Sequence[Candidate], vectors: Mapping[int, Vector], wanted: Vector
) -> list[Candidate]:
    """Of two orders, by words and by meaning, one: by the places in each.

    `vectors` are by number of the passage. Whatever has none keeps what its words are worth.
    """
    asked = _signed(wanted)
    near = {
        number: sum(map(mul, asked, _signed(vector)))
        for number, vector in vectors.items()
        if len(vector) == len(wanted)
    }
    by_words = [each.place[2] for each in ranked]
    nearest = sorted((number for number in by_words if number in near), key=near.__getitem__)
    worth = dict.fromkeys(by_words, 0)
    for weight, order in ((BY_WORDS, by_words), (BY_MEANING, nearest[::-1])):
        for place, number in enumerate(order, 1):
            worth[number] += weight * SHARE // (NEAR_THE_TOP + place)
    worthy = [attrs.evolve(each, score=worth[each.place[2]]) for each in ranked]
    return sorted(worthy, key=lambda each: -each.score)


def _signed(vector: Vector) -> Sequence[int]:
    return memoryview(vector).cast("b").tolist()
