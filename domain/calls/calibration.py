"""Whether two reviewers mean the same: Cohen's kappa."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import attrs

from domain.calls.thousandths import in_thousandths


@attrs.frozen(kw_only=True)
class Agreement:
    """In thousandths: 1000 agrees always, 0 no more often than by chance, and less below it.

    `kappa` is None where chance alone would always agree, or nothing was judged by both.
    """

    judged: int
    agreed: int
    kappa: int | None


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Of what each of the two said about the same things."""
    count = len(pairs)
    agreed = sum(one == other for one, other in pairs)
    return Agreement(judged=count, agreed=agreed, kappa=_kappa(pairs, agreed))


def _kappa(pairs: Sequence[tuple[str, str]], agreed: int) -> int | None:
    if not pairs:
        return None
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = Fraction(sum(ones[word] * others[word] for word in ones), len(pairs) ** 2)
    if by_chance == 1:
        return None
    return in_thousandths((Fraction(agreed, len(pairs)) - by_chance) / (1 - by_chance))
