"""Postings and the words of a passage as bytes: four for a number, one for each weight."""

import re
import sys
import zlib
from array import array
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import accumulate, compress

import attrs

from domain.documentation.ranking import Postings
from domain.documentation.weighing import Weight

OF_EACH = 6
TERM = re.compile(rb"\n([^\t\n]+)\t")
Words = bytes
"""Each term between two line feeds, its weights before the next one: easily looked through."""


def words_of(weights: Mapping[str, Weight]) -> Words:
    lines = [f"{term}\t{weight.anywhere} {weight.text}" for term, weight in weights.items()]
    return "\n".join(["", *lines, ""]).encode()


class _Packed(dict[bytes, bytes]):
    """Weights as they are told, and as they are kept."""

    def __missing__(self, told: bytes) -> bytes:
        packed = self[told] = bytes(map(int, told.split()))
        return packed


PACKED = _Packed()


@attrs.frozen
class Fresh:
    """Words of passages that lie on no shelf yet, looked through at once; `ends` is of each."""

    numbers: Sequence[int]
    ends: Sequence[int]
    words: Words

    @classmethod
    def of(cls, passages: Sequence[tuple[int, Words]]) -> "Fresh":
        words = [each for _, each in passages]
        return cls(
            [number for number, _ in passages], list(accumulate(map(len, words))), b"".join(words)
        )

    def postings(self, term: str) -> Postings | None:
        needle, words = b"\n%s\t" % term.encode(), self.words
        numbers, anywhere, text = list[int](), bytearray(), bytearray()
        place = words.find(needle)
        while place >= 0:
            start = place + len(needle)
            place = words.index(b"\n", start)
            weight = PACKED[words[start:place]]
            numbers.append(self.numbers[bisect(self.ends, start)])
            anywhere.append(weight[0])
            text.append(weight[1])
            place = words.find(needle, place)
        return Postings(numbers, anywhere, text) if numbers else None

    def count(self, terms: Container[str]) -> Counter[str]:
        """In how many passages each of them stands."""
        every = map(bytes.decode, TERM.findall(self.words))
        return Counter(term for term in every if term in terms)


def shelved(fresh: Iterable[tuple[int, Words]]) -> Mapping[str, bytes]:
    """What each term is held by, of passages in the order of their numbers."""
    held: defaultdict[bytes, bytearray] = defaultdict(bytearray)
    for number, words in fresh:
        packed = number.to_bytes(4, "little")
        for line in words[1:-1].split(b"\n"):
            term, _, told = line.partition(b"\t")
            held[term] += packed + PACKED[told]
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


def postings_in(*holdings: bytes) -> Postings:
    """Of all passages, one holding after the other."""
    each = [(holding, len(holding) // OF_EACH) for holding in holdings]
    return Postings(
        numbers_in(b"".join([holding[: 4 * many] for holding, many in each])),
        b"".join([holding[4 * many : 5 * many] for holding, many in each]),
        b"".join([holding[5 * many :] for holding, many in each]),
    )


def postings_left(holding: bytes, gone: Container[int]) -> Postings:
    """Of all passages but those that are gone."""
    every = postings_in(holding)
    left = [number not in gone for number in every.numbers]
    return Postings(
        *(list(compress(each, left)) for each in (every.numbers, every.anywhere, every.text))
    )


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
