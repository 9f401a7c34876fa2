"""What a provider posts is read as the standard library reads it."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.twilio.line import MOST_FIELDS, pairs_in


@given(st.text(alphabet="ab&=+%2Fé \x00ü", max_size=60) | st.text(max_size=60))
def test_forms_are_read_as_the_library_does(text: str) -> None:
    assert pairs_in(text) == parse_qsl(text, keep_blank_values=True)


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=9))
def test_what_is_written_is_read(pairs: list[tuple[str, str]]) -> None:
    assert pairs_in(urlencode(pairs)) == pairs


def test_too_many_fields_are_refused() -> None:
    pairs_in("a=1&" * (MOST_FIELDS - 1) + "a=1")
    with pytest.raises(ValueError, match="too many"):
        pairs_in("a=1&" * MOST_FIELDS)
