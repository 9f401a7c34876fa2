"""Scores and sentiments: whole thousandths, so that they are exact wherever they are kept."""

from fractions import Fraction

WHOLE = 1000


def in_thousandths(share: Fraction) -> int:
    """Rounded once, halves to the even neighbour."""
    return round(share * WHOLE)
