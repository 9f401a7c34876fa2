"""Texts in tables: none runs, and each can be had back."""

from hypothesis import given
from hypothesis import strategies as st

from application.analytics.formulas import SUSPICIOUS, original, plain

SIGNS = sorted(SUSPICIOUS - {"'"})
TEXTS = st.text(st.sampled_from("'=+-@\t\r\n\uff1da1; ")) | st.text()


@given(TEXTS)
def test_reading_back_gives_the_text_as_it_was(text: str) -> None:
    assert original(plain(text)) == text


@given(TEXTS)
def test_nothing_begins_with_a_sign_that_runs(text: str) -> None:
    assert not plain(text).startswith(tuple(SIGNS))


def test_most_texts_stay_as_they_are() -> None:
    for text in ("", "Ana", "'quoted'", "1-2", "a=b", "''", "'"):
        assert plain(text) == text


def test_apostrophes_before_a_sign_are_told_from_ours() -> None:
    assert plain("'=1") == "''=1"
    assert original("'=1") == "=1"
