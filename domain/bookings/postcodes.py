"""Postcodes: those of the United Kingdom exactly, all others loosely."""

import re

# A A9 9AA, A99 9AA, AA9 9AA, AA99 9AA, A9A 9AA, AA9A 9AA, and the one of Girobank. The letters
# C, I, K, M, O and V are never in the last part, I and Z never second.
BRITISH = re.compile(
    r"GIR0AA|[A-Z](?:[0-9]{1,2}|[A-HJ-Y][0-9]{1,2}|[0-9][A-Z]|[A-HJ-Y][0-9][A-Z])"
    r"[0-9][ABD-HJLNP-UW-Z]{2}"
)
ELSEWHERE = re.compile(r"(?=.*[0-9])[A-Z0-9](?:[A-Z0-9 -]{0,10}[A-Z0-9])")
# The islands are not in the kingdom, but their postcodes are.
BRITISH_COUNTRIES = frozenset({"GB", "GG", "IM", "JE"})
INWARD = 3


def postcode(text: str) -> str:
    """As it is written on letters: `sw1a1aa` as `SW1A 1AA`."""
    written = " ".join(text.upper().split())
    compact = written.replace(" ", "")
    if BRITISH.fullmatch(compact):
        return f"{compact[:-INWARD]} {compact[-INWARD:]}"
    return written


def is_postcode(text: str, *, country: str | None) -> bool:
    """`text` is in the form that `postcode` gives it."""
    if country in BRITISH_COUNTRIES:
        return bool(BRITISH.fullmatch(text.replace(" ", "")))
    return bool(ELSEWHERE.fullmatch(text))
