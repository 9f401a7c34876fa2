"""No number of a card gets in, wherever it is written, and nothing else is taken for one."""

import json
from typing import Any

import pytest

from entrypoints.http.card_numbers import card_numbers


def found_in(value: Any) -> list[tuple[str, ...]]:
    return [at for at, _ in card_numbers(json.dumps(value).encode(), value)]


@pytest.mark.parametrize(
    "text",
    [
        "4242424242424242",
        "4000 0027 6000 3184",
        "3782-822463-10005",
        "my card is 5555555555554444, thank you",
    ],
)
def test_cards_are_found(text: str) -> None:
    assert found_in({"notes": [{"text": text}]}) == [("notes", "0", "text")]


def test_escapes_do_not_hide_one() -> None:
    body = b'{"note": "\\u0034242424242424242"}'

    assert [at for at, _ in card_numbers(body, json.loads(body))] == [("note",)]


@pytest.mark.parametrize(
    "text",
    [
        "4242424242424241",
        "0000000000000000",
        "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
        "2027-05-14T09:00:00Z",
        "room 12, 3 nights, 2 guests",
    ],
)
def test_other_digits_are_not(text: str) -> None:
    assert found_in({"note": text}) == []


def test_a_phone_number_is_one() -> None:
    assert found_in({"contact": {"phone": "+4242424242424242"}}) == []
