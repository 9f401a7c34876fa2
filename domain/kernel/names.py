"""Names of people, in any script."""

import re
from unicodedata import normalize

SHORTEST_NAME = 2
LONGEST_NAME = 100

# Persian, Arabic and Indic names are spelled with them; whatever else cannot be printed, such as
# what turns the direction of text around, only serves to show one name and mean another.
JOINERS = re.compile("[\u200c\u200d]")


def tidied(name: str) -> str:
    """In composed form, so that equal names are equal texts; runs of blanks become one space."""
    return normalize("NFC", " ".join(name.split()))


def is_name(name: str) -> bool:
    """Letters, marks, punctuation: what people are called is not for a program to judge."""
    shown = JOINERS.sub("", name)
    return SHORTEST_NAME <= len(name) <= LONGEST_NAME and bool(shown) and shown.isprintable()
