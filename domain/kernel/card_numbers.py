"""Numbers of cards, told from others that are as long."""

import re
from collections.abc import Iterator

NUMBER_OF_CARD = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){12,18}(?![0-9A-Za-z])")
FIRST_DIGITS = frozenset("23456")
"""Of those who issue cards (ISO/IEC 7812): nought and one begin none, and noughts pass Luhn."""


def is_card(text: str) -> bool:
    """Whether the digits in it pass Luhn's test."""
    digits = [int(character) for character in reversed(text) if character.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def cards_in(text: str) -> Iterator[re.Match[str]]:
    """Where numbers stand that somebody may have issued a card with."""
    for found in NUMBER_OF_CARD.finditer(text):
        if found[0][0] in FIRST_DIGITS and is_card(found[0]):
            yield found
