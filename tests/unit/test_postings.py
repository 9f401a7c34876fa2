"""What is looked through at once says the same as what is looked through one by one."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.mapping.postings import (
    Fresh,
    drawer_of,
    in_drawer,
    numbers_in,
    packed_numbers,
    postings_in,
    postings_left,
    shelved,
    terms_in,
    words_of,
)
from domain.documentation.ranking import Postings
from domain.documentation.weighing import Weight

WEIGHTS = st.builds(Weight, st.integers(0, 255), st.integers(0, 255))
TERMS = st.sampled_from(["a", "ab", "abc", "abcd", "abce", "b", "=abcd", "=ab", "a.b", "aé", "1"])
PASSAGES = st.lists(st.dictionaries(TERMS, WEIGHTS), max_size=6)
Passage = Mapping[str, Weight]

few = settings(max_examples=25)


def told(passages: list[Passage], first: int = 1) -> list[tuple[int, bytes]]:
    return [(number, words_of(each)) for number, each in enumerate(passages, first)]


def expected(passages: list[Passage], term: str, first: int = 1) -> list[tuple[int, int, int]]:
    return [
        (number, each[term].anywhere, each[term].text)
        for number, each in enumerate(passages, first)
        if term in each
    ]


def rows(postings: Postings | None) -> list[tuple[int, int, int]]:
    if postings is None:
        return []
    return list(zip(postings.numbers, postings.anywhere, postings.text, strict=True))


def held_by(shelf: Mapping[str, bytes], term: str) -> bytes | None:
    drawer = shelf.get(drawer_of(term))
    if drawer is None:
        return None
    held = in_drawer(drawer, term)
    assert (held is not None) == (term in terms_in(drawer))
    return held


@few
@given(PASSAGES, TERMS)
def test_new_passages_hold_what_they_were_told_to(passages: list[Passage], term: str) -> None:
    assert rows(Fresh.of(told(passages)).postings(term)) == expected(passages, term)


@few
@given(PASSAGES, st.sets(TERMS))
def test_they_are_counted_by_term(passages: list[Passage], terms: set[str]) -> None:
    counted = Fresh.of(told(passages)).count(terms)
    assert counted == {term: n for term in terms if (n := len(expected(passages, term)))}


@few
@given(PASSAGES, PASSAGES, TERMS)
def test_two_shelves_are_as_good_as_one(
    one: list[Passage], other: list[Passage], term: str
) -> None:
    shelves = [shelved(told(one)), shelved(told(other, first=100))]
    holdings = [held for shelf in shelves if (held := held_by(shelf, term)) is not None]
    assert rows(postings_in(*holdings)) == expected(one, term) + expected(other, term, first=100)


@few
@given(PASSAGES, TERMS, st.sets(st.integers(1, 6)))
def test_what_is_gone_is_left_out(passages: list[Passage], term: str, gone: set[int]) -> None:
    held = held_by(shelved(told(passages)), term) or b""
    left = [row for row in expected(passages, term) if row[0] not in gone]
    assert rows(postings_left(held, numbers_in(packed_numbers(gone)))) == left
