"""Numbers of cards have no place in what is sent here: payments are made at the provider's."""

import re
from collections.abc import Iterator
from typing import Any

from domain.kernel.card_numbers import cards_in
from entrypoints.http.malformed import Found

DIGITS = re.compile(rb"[0-9](?:[ -]?[0-9]){12,18}|\\u")
"""What a body must have in it for a closer look; digits may be written as escapes."""

PHONES = frozenset({"phone"})
WORDS = "looks like the number of a card: customers pay on the page of the payment provider"


def card_numbers(body: bytes, tree: Any) -> list[Found]:
    """Where in the tree of a body there are some."""
    return list(_found(tree)) if DIGITS.search(body) else []


def _found(value: Any, at: tuple[str, ...] = ()) -> Iterator[Found]:
    match value:
        case str() if any(cards_in(value)) and not PHONES & set(at[-1:]):
            yield at, WORDS
        case dict():
            for name, member in value.items():
                yield from _found(member, (*at, name))
        case list():
            for number, item in enumerate(value):
                yield from _found(item, (*at, str(number)))
