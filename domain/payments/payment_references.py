"""What payments are called when people speak of them."""

from collections.abc import Callable
from datetime import datetime

# Crockford's base 32: no letter is taken for a digit.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6


def payment_reference(now: datetime, chance: Callable[[int], int]) -> str:
    """PAY-YYYYMMDD-XXXXXX: the day it was started on in UTC, and what tells those of a day apart.

    `chance` gives numbers below its argument.
    """
    drawn = "".join(ALPHABET[chance(len(ALPHABET))] for _ in range(LENGTH))
    return f"PAY-{now:%Y%m%d}-{drawn}"
