"""Words that mean the same are counted as the same, and without what must not be kept."""

import pytest

from application.documentation.asking import LONGEST, plain


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("  Cancel   a ROOM? ", "cancel a room"),
        ("asyncio.gather", "asyncio.gather"),
        ("??", "??"),
        ("pay with 4111-1111-1111-1111!", "pay with [card]"),
        ("ana@example.com cannot book", "[e-mail] cannot book"),
        ("ring +44 20 7946 0958", "ring [phone]"),
    ],
)
def test_words_are_plain(words: str, same: str) -> None:
    assert plain(words) == same
    assert plain(same) == same


def test_they_fit_their_column() -> None:
    assert len(plain("\u00df" * LONGEST)) == LONGEST
