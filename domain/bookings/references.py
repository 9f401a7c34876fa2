"""Booking references: short enough to read out, checked against slips of the tongue.

A prefix and eight characters of Crockford's base 32 (no I, L, O or U), of which the last is his
check symbol: the number modulo 37. Its five symbols outside the alphabet (`*~$=U`) do not travel
well in addresses and over the phone, so numbers that would need one are not used.
"""

from collections.abc import Callable
from typing import ClassVar

import attrs

from domain.kernel.refusals import Invalid

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BASE = len(ALPHABET)
MODULUS = 37
DIGITS = 7
NUMBERS = BASE**DIGITS

LOOKS_LIKE = str.maketrans("OIL", "011")


@attrs.frozen
class BadReference(Invalid):
    code: ClassVar[str] = "bad_reference"
    field: ClassVar[str] = "reference"

    def __str__(self) -> str:
        return "that is not a booking reference; is a character wrong or missing?"


@attrs.frozen
class Reference:
    text: str

    @classmethod
    def draw(cls, prefix: str, chance: Callable[[int], int]) -> "Reference":
        """`chance` gives an unguessable number below its argument."""
        number = chance(NUMBERS)
        while number % MODULUS >= BASE:
            number = chance(NUMBERS)
        return cls(prefix + _encoded(number))

    @classmethod
    def read(cls, text: str, *, prefix: str) -> "Reference":
        """As somebody typed it: any case, spaces and hyphens, O for 0, I and L for 1."""
        cleaned = text.upper().replace("-", "").replace(" ", "")
        if not cleaned.startswith(prefix):
            raise BadReference
        symbols = cleaned.removeprefix(prefix).translate(LOOKS_LIKE)
        if len(symbols) != DIGITS + 1 or not set(symbols) <= set(ALPHABET):
            raise BadReference
        number = 0
        for symbol in symbols[:DIGITS]:
            number = number * BASE + ALPHABET.index(symbol)
        if _encoded(number) != symbols:
            raise BadReference
        return cls(prefix + symbols)

    def __str__(self) -> str:
        return self.text


def _encoded(number: int) -> str:
    check, symbols = number % MODULUS, ""
    if check >= BASE:
        raise BadReference
    for _ in range(DIGITS):
        number, digit = divmod(number, BASE)
        symbols = ALPHABET[digit] + symbols
    return symbols + ALPHABET[check]
