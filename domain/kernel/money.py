"""Money: whole minor units of a currency, never a fraction, never a float."""

from collections.abc import Sequence
from typing import ClassVar

import attrs

from domain.kernel.refusals import Conflict, Invalid

# ISO 4217: the currencies whose minor unit is not a hundredth (zero or three decimals).
EXPONENTS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"), 0),
    **dict.fromkeys(("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


@attrs.frozen
class UnknownCurrency(Invalid):
    code: ClassVar[str] = "unknown_currency"
    field: ClassVar[str] = "currency"
    currency: str

    def __str__(self) -> str:
        return "a currency is written as three capital letters of ISO 4217, such as EUR"


@attrs.frozen
class CurrenciesDiffer(Conflict):
    code: ClassVar[str] = "currencies_differ"
    one: str
    other: str

    def __str__(self) -> str:
        return f"{self.one} and {self.other} cannot be added or compared"


@attrs.frozen(order=False)
class Money:
    """`minor` counts the smallest units of `currency`: cents, yen, fils. Negative is owed back."""

    minor: int
    currency: str

    def __attrs_post_init__(self) -> None:
        code = self.currency
        if not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):  # noqa: PLR2004
            raise UnknownCurrency(code)

    @classmethod
    def zero(cls, currency: str) -> "Money":
        return cls(0, currency)

    @property
    def exponent(self) -> int:
        """How many decimals the currency has (ISO 4217): 0, 2 or 3."""
        return EXPONENTS.get(self.currency, 2)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def percent(self, rate: int) -> "Money":
        """`rate` hundredths of the amount, halves rounded away from zero."""
        return self.basis_points(rate * 100)

    def basis_points(self, rate: int) -> "Money":
        """`rate` hundredths of a percent of the amount, halves rounded away from zero."""
        sign = -1 if self.minor * rate < 0 else 1
        return Money(sign * ((abs(self.minor * rate) + 5_000) // 10_000), self.currency)

    def allocate(self, weights: Sequence[int]) -> tuple["Money", ...]:
        """Shares in proportion to `weights` that add up exactly.

        What does not divide goes, one minor unit each, to the largest remainders, earlier shares
        first. Raises ValueError unless some weight is positive and none is negative.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("shares need weights of at least 0, and one above")
        floors = [self.minor * weight // total for weight in weights]
        remainders = [self.minor * weight % total for weight in weights]
        largest_first = sorted(range(len(weights)), key=lambda place: -remainders[place])
        for place in largest_first[: self.minor - sum(floors)]:
            floors[place] += 1
        return tuple(Money(share, self.currency) for share in floors)

    def __str__(self) -> str:
        sign, digits = "-" if self.minor < 0 else "", str(abs(self.minor))
        if not self.exponent:
            return f"{sign}{digits} {self.currency}"
        digits = digits.zfill(self.exponent + 1)
        return f"{sign}{digits[: -self.exponent]}.{digits[-self.exponent :]} {self.currency}"

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrenciesDiffer(self.currency, other.currency)
        return other.minor


def total(amounts: Sequence[Money], *, currency: str) -> Money:
    """The sum; `currency` is that of an empty sum. Raises CurrenciesDiffer."""
    return sum(amounts, start=Money.zero(currency))
