"""Texts as they are looked for: any case, any accent, any script."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.inventory.wordings import LONGEST_WORD, folded, words
from tests.samples import DOUBLE_ROOMS, FIRST_AID


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MÁLAGA", "malaga"),
        ("Ma\u0301laga", "Málaga"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("ﬁrst  aid", "First\taid"),
        ("Чайка", "чаика"),
    ],
)
def test_case_and_accents_make_no_difference(one: str, other: str) -> None:
    assert folded(one) == folded(other)
    assert words([one]) == words([other])


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_words_are_what_stands_between_blanks_and_signs() -> None:
    assert words(["First-aid (paediatric), 2nd_course"]) == {
        "first",
        "aid",
        "paediatric",
        "2nd",
        "course",
    }
    assert words(["हिन्दी"]) == words([" हिन्दी! "]) != set()
    assert words(["", "—"]) == set()
    assert words(["a" * 99]) == {"a" * LONGEST_WORD}


def test_a_resource_is_found_by_all_that_is_said_about_it() -> None:
    room = attrs.evolve(
        DOUBLE_ROOMS, description="By the Sea", category="Suíte", keywords=("Quiet", "quiet")
    )

    assert room.words == {"double", "room", "by", "the", "sea", "suite", "quiet"}
    assert room.facets == {("category", "suite"), ("keyword", "quiet")}
    assert FIRST_AID.words >= {"paediatric", "first", "aid"}
