"""Which passages answer a query best: one way for every database, in whole numbers.

What holds a term comes from wherever it is kept. What is added up is whole numbers, so that
neither the order of adding nor the database can change who comes first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop
from itertools import compress
from math import log

import attrs

from domain.documentation.pages import Section
from domain.documentation.queries import Query
from domain.documentation.weighing import EXACT, TOP

PRECISION = 256
COVERED = 32
"""By so many bits the weight of the terms that a passage has is above what they count for."""
MASK = (1 << COVERED) - 1
NUMBERED = 32
"""By so many bits a score is above the number: one whole number sorts faster than a pair."""
LAST = (1 << NUMBERED) - 1
OFTEN = 2_000
ENOUGH = 1_000
DEFINED, DEFINED_IN_FULL = 400, 1_600


@attrs.frozen
class Postings:
    """The passages that hold a term, by number, and how much it says about each of them."""

    numbers: Sequence[int]
    anywhere: Sequence[int]
    text: Sequence[int]


Index = Mapping[str, Sequence[Postings]]


def wanted(query: Query) -> tuple[str, ...]:
    """All that has to be looked up."""
    names = (EXACT + name for name in (*query.names, *query.joined))
    return (*query.terms, *names)


def rank(query: Query, index: Index, passages: int) -> Iterator[tuple[int, int]]:
    """Score and number of each passage that holds any of the terms, the best first."""
    known = {term: _count(index[term]) for term in query.terms if index.get(term)}
    worth = {term: _worth(count, passages) for term, count in known.items()}
    sums = dict[int, int]()
    for term in sorted(known, key=lambda term: (known[term], term)):
        _add(sums, index[term], worth[term], is_question=query.is_question)
    whole = sum(worth.values()) or 1
    extra = _defining(query, index, passages)
    for number in extra.keys() - sums.keys():
        sums[number] = 0
    scores = [(packed & MASK) * (packed >> COVERED) // whole for packed in sums.values()]
    if extra:
        scores = [score + extra.get(number, 0) for number, score in zip(sums, scores, strict=True)]
    best = [number - (score << NUMBERED) for number, score in zip(sums, scores, strict=True)]
    heapify(best)
    while best:
        packed = heappop(best)
        number = packed & LAST
        yield (number - packed) >> NUMBERED, number


def _add(
    sums: dict[int, int], holding: Sequence[Postings], worth: int, *, is_question: bool
) -> None:
    """By whole lists: what is done for each posting one by one costs most of a search."""
    frequent = _count(holding) > OFTEN and len(sums) > ENOUGH
    gain = [(worth << COVERED) + worth * weight for weight in range(TOP + 1)].__getitem__
    for postings in holding:
        numbers, weights = postings.numbers, postings.text if is_question else postings.anywhere
        if frequent:
            known = map(sums.__contains__, numbers)
            for number, weight in compress(zip(numbers, weights, strict=True), known):
                sums[number] += gain(weight)
            continue
        held = dict(zip(numbers, map(gain, weights), strict=True))
        both = {number: sums[number] + held[number] for number in sums.keys() & held.keys()}
        sums.update(held if 0 not in weights else _without_nothing(numbers, weights, held))
        sums.update(both)


def _without_nothing(
    numbers: Iterable[int], weights: Sequence[int], held: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Those alone in which the term weighs anything."""
    return compress(zip(numbers, held.values(), strict=True), weights)


def _defining(query: Query, index: Index, passages: int) -> Mapping[int, int]:
    """What it is worth to define a name that is looked for, by passage."""
    extra = dict[int, int]()
    for names, each in ((query.names, DEFINED), (query.joined, DEFINED_IN_FULL)):
        for name in names:
            holding = index.get(EXACT + name, ())
            more = each * _worth(_count(holding), passages)
            for postings in holding:
                for number in postings.numbers:
                    extra[number] = extra.get(number, 0) + more
    return extra


def _count(holding: Iterable[Postings]) -> int:
    return sum(len(postings.numbers) for postings in holding)


def _worth(count: int, passages: int) -> int:
    """The rarer, the more. At least something, though more be counted than there are left."""
    rest = max(passages - count, 0)
    return max(1, round(PRECISION * log(1 + (rest + 0.5) / (count + 0.5))))


@attrs.frozen(kw_only=True)
class Candidate:
    """A passage that came out well by its words; `place` tells it from every other one."""

    score: int
    place: tuple[str, int, int]
    section: Section


def refine(query: Query, candidates: Iterable[Candidate]) -> list[Candidate]:
    """By what only the passages themselves tell: phrases, and names written just so."""
    asked = query.words.replace('"', "").lower()
    whole = [each for each in candidates if _holds(each.section, query.phrases)]
    closer = [attrs.evolve(each, score=_closer(each, query, asked)) for each in whole]
    return sorted(closer, key=lambda each: (-each.score, each.place))


def fits_of(ranked: Iterable[Candidate]) -> Mapping[tuple[str, int, int], int]:
    """What each is worth by its place, in thousandths of what the best is."""
    scores = {each.place: each.score for each in ranked}
    best = max(scores.values(), default=0)
    return {place: score * 1000 // best if best > 0 else 1000 for place, score in scores.items()}


def _holds(section: Section, phrases: tuple[str, ...]) -> bool:
    if not phrases:
        return True
    told = " ".join((*section.path, section.text)).lower()
    told = " ".join(told.split())
    return all(phrase in told for phrase in phrases)


def _closer(candidate: Candidate, query: Query, asked: str) -> int:
    section, score = candidate.section, candidate.score
    title = section.path[-1].lower() if section.path else ""
    extra = 0
    if title == asked:
        extra += 6
    elif asked in title:
        extra += 2
    if query.words in section.symbols or query.words in section.path[-1:]:
        extra += 4  # in capitals where those are
    if " " in asked and asked in section.text.lower():
        extra += 2
    return score * (20 + extra) // 20
