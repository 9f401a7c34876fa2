"""Postings and the words of a passage as bytes: four for a number, one for each weight."""

import re
import sys
import zlib
from array import array
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, compress

import attrs

from domain.documentation.ranking import Postings
from domain.documentation.weighing import EXACT, Weight

NUMBER, OF_EACH = 4, 6
DRAWER = "#"
"""Begins the names of drawers, and no term."""
ALIKE = 3
"""Letters. With one drawer for each term, a shelf is five times as many rows; with fewer letters,
slips at the beginning of a word are looked for nearly everywhere.
"""
TERM = re.compile(rb"\n([^\t\n]+)\t")
Words = bytes
"""Each term between two line feeds, its weights before the next one: easily looked through."""


class _Told(dict[Weight, str]):
    """Weights as they are told; there are not so many of them."""

    def __missing__(self, weight: Weight) -> str:
        told = self[weight] = f"\t{weight.anywhere} {weight.text}"
        return told


TOLD = _Told()


def words_of(weights: Mapping[str, Weight]) -> Words:
    lines = [term + TOLD[weight] for term, weight in weights.items()]
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


def drawer_of(term: str) -> str:
    """The drawer of a shelf that holds the term, with all others that begin as it does."""
    return DRAWER + term[: len(EXACT) + ALIKE if term.startswith(EXACT) else ALIKE]


def shelved(fresh: Iterable[tuple[int, Words]]) -> Mapping[str, bytes]:
    """Drawers by their names, of passages in the order of their numbers."""
    held: defaultdict[bytes, bytearray] = defaultdict(bytearray)
    for number, words in fresh:
        packed = number.to_bytes(NUMBER, "little")
        told = words.replace(b"\t", b"\n").split(b"\n")
        weights = map(PACKED.__getitem__, told[2::2])
        for term, weight in zip(told[1:-1:2], weights, strict=True):
            held[term] += packed + weight
    drawers: defaultdict[str, list[bytes]] = defaultdict(list)
    for term in sorted(held):
        drawers[drawer_of(term.decode())].append(term)
    return {
        drawer: _filled({term: held[term] for term in terms}) for drawer, terms in drawers.items()
    }


def _filled(held: Mapping[bytes, bytearray]) -> bytes:
    """How long the list of its terms is, the list, and what holds each of them."""
    lines, first = [b""], 0
    for term, each in held.items():
        many = len(each) // OF_EACH
        lines.append(b"%s\t%d %d" % (term, first, many))
        first += many
    listed = b"\n".join([*lines, b""])
    return b"".join(
        [len(listed).to_bytes(NUMBER, "little"), listed, *map(_holding, held.values())]
    )


def terms_in(drawer: bytes) -> Iterator[str]:
    end = NUMBER + int.from_bytes(drawer[:NUMBER], "little")
    return map(bytes.decode, TERM.findall(drawer, NUMBER, end))


def in_drawer(drawer: bytes, term: str) -> bytes | None:
    """What holds the term, if anything there does."""
    end = NUMBER + int.from_bytes(drawer[:NUMBER], "little")
    needle = b"\n%s\t" % term.encode()
    place = drawer.find(needle, NUMBER, end)
    if place < 0:
        return None
    start = place + len(needle)
    first, many = map(int, drawer[start : drawer.index(b"\n", start)].split())
    return drawer[end + OF_EACH * first : end + OF_EACH * (first + many)]


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
