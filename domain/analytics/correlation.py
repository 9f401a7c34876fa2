"""How far two values go together."""

import math

import attrs


@attrs.frozen(kw_only=True)
class Pairs:
    """`number` pairs of whole numbers, and the sums over them."""

    number: int
    ones: int
    one_squares: int
    others: int
    other_squares: int
    products: int

    @property
    def correlation(self) -> float | None:
        """Pearson's; None for fewer than two pairs, or where one of the values never differs."""
        one = self.number * self.one_squares - self.ones**2
        other = self.number * self.other_squares - self.others**2
        if one <= 0 or other <= 0:
            return None
        together = self.number * self.products - self.ones * self.others
        return max(-1.0, min(1.0, together / math.sqrt(one * other)))
