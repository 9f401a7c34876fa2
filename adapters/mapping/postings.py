"""Postings and the words of a passage as bytes: four for a number, one for each weight."""

import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress

from domain.documentation.ranking import Postings
from domain.documentation.weighing import Weight

OF_EACH = 6
Words = bytes
"""Each term between two line feeds, its weights before the next one: easily looked through."""


def words_of(weights: Mapping[str, Weight]) -> Words:
    lines = [f"{term}\t{weight.anywhere} {weight.text}" for term, weight in weights.items()]
    return "\n".join(["", *lines, ""]).encode()


def weights_in(words: Words) -> Iterator[tuple[str, Weight]]:
    for line in words.strip(b"\n").split(b"\n"):
        term, _, told = line.rpartition(b"\t")
        if term:
            yield term.decode(), _weight(told)


def weight_of(term: str, words: Words) -> Weight | None:
    """What the words say about one term, found without taking them apart."""
    needle = b"\n%s\t" % term.encode()
    start = words.find(needle)
    if start < 0:
        return None
    start += len(needle)
    return _weight(words[start : words.index(b"\n", start)])


def _weight(told: bytes) -> Weight:
    anywhere, _, text = told.partition(b" ")
    return Weight(int(anywhere), int(text))


def fresh_postings(term: str, fresh: Iterable[tuple[int, Words]]) -> Postings | None:
    found = [
        (number, weight)
        for number, words in fresh
        if (weight := weight_of(term, words)) is not None
    ]
    if not found:
        return None
    return Postings(
        [number for number, _ in found],
        [weight.anywhere for _, weight in found],
        [weight.text for _, weight in found],
    )


class _Packed(dict[bytes, bytes]):
    """Weights as they are told, and as they are kept."""

    def __missing__(self, told: bytes) -> bytes:
        packed = self[told] = bytes(map(int, told.split()))
        return packed


def shelved(fresh: Iterable[tuple[int, Words]]) -> Mapping[str, bytes]:
    """What each term is held by, of passages in the order of their numbers."""
    held: defaultdict[bytes, bytearray] = defaultdict(bytearray)
    weights = _Packed()
    for number, words in fresh:
        packed = number.to_bytes(4, "little")
        for line in words[1:-1].split(b"\n"):
            term, _, told = line.partition(b"\t")
            held[term] += packed + weights[told]
    held.pop(b"", None)  # of a passage without words
    return {term.decode(): _holding(held[term]) for term in sorted(held)}


def _holding(each: bytearray) -> bytes:
    """All numbers, then all weights of each sort, of passage after passage."""
    many = len(each) // OF_EACH
    if many > 1:
        mixed = each[:]
        for place in range(4):
            each[place : 4 * many : 4] = mixed[place::OF_EACH]
        each[4 * many : 5 * many] = mixed[4::OF_EACH]
        each[5 * many :] = mixed[5::OF_EACH]
    return bytes(each)


def postings_in(holding: bytes, gone: frozenset[int]) -> Postings:
    """Of all passages but those that are gone."""
    many = len(holding) // OF_EACH
    numbers = numbers_in(holding[: 4 * many])
    anywhere, text = holding[4 * many : 5 * many], holding[5 * many : 6 * many]
    if gone and not gone.isdisjoint(numbers):
        left = [number not in gone for number in numbers]
        return Postings(*(list(compress(each, left)) for each in (numbers, anywhere, text)))
    return Postings(numbers, anywhere, text)


def packed_numbers(numbers: Iterable[int]) -> bytes:
    return _little_endian(array("I", numbers)).tobytes()


def numbers_in(packed: bytes) -> Sequence[int]:
    numbers = array("I")
    numbers.frombytes(packed)
    return _little_endian(numbers)


def _little_endian(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def packed_terms(terms: Iterable[str]) -> bytes:
    return zlib.compress("\n".join(terms).encode(), 1)


def unpacked_terms(packed: bytes) -> Sequence[str]:
    return zlib.decompress(packed).decode().split("\n")
