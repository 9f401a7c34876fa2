"""E-mail addresses, in the one form in which they are compared."""

import re
from typing import Literal
from unicodedata import normalize

# Deliberately loose: whether an address exists only a message to it can tell.
ADDRESS = re.compile(
    r"[^@\s,;<>\"()\[\]\\\x00-\x1f\x7f]+@[^@\s,;<>\"()\[\]\\.\x00-\x1f\x7f]+(\.[^@\s,;<>\"()\[\]\\.\x00-\x1f\x7f]+)+"
)
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3
ENCODED = "xn--"  # RFC 5890, 2.3.2.5


def address(text: str) -> str:
    """Trimmed and in lower case; a domain in other letters than a-z is kept in those letters."""
    local, at, domain = text.strip().rpartition("@")
    labels = _lower("NFKC", domain).split(".")
    return _lower("NFC", local) + at + ".".join(map(_decoded, labels))


def is_address(text: str) -> bool:
    return len(text) <= LONGEST_ADDRESS and bool(ADDRESS.fullmatch(text)) and text.isprintable()


def _lower(form: Literal["NFC", "NFKC"], text: str) -> str:
    # What is composed may have a lower case, and what is in lower case may be composed.
    for _ in range(3):
        text = normalize(form, text).lower()
    return normalize(form, text)


def _decoded(label: str) -> str:
    """`xn--exmple-cua` as `exämple`, if that is exactly what it stands for."""
    if not (label.startswith(ENCODED) and label.isascii()):
        return label
    encoded = label.removeprefix(ENCODED).encode("ascii")
    try:
        found = encoded.decode("punycode")
        exact = found.encode("punycode") == encoded
    except UnicodeError:
        return label
    plain = found == _lower("NFKC", found) and found.isprintable() and not found.isascii()
    return found if exact and plain else label
