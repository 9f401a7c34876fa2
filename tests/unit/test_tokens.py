"""Words as they are looked up by, whatever stands on a page."""

import tracemalloc

from domain.documentation.tokens import tokens

MEGABYTE = 1_000_000


def test_what_is_very_long_is_taken_apart_like_the_rest() -> None:
    assert list(tokens(f"keys {'/'.join(['data'] * 100)} given")) == ["key", "data", "given"]


def test_pages_of_very_long_words_do_not_fill_the_memory() -> None:
    tracemalloc.start()
    try:
        for number in range(30):
            found = list(tokens("so-" + f"{number:07d}" * 7_000))
            assert found
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < MEGABYTE
