"""Amounts as Stripe counts them, which is not always how ISO 4217 does."""

from domain.kernel.money import Money

# Without decimals, and still sent in hundredths.
IN_HUNDREDTHS = frozenset({"ISK", "UGX"})
# With decimals that nobody has used for long, and sent without.
WHOLE = frozenset({"MGA"})
# With three decimals, the last of which must be 0.
IN_TENS = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})
HUNDRED, TEN = 100, 10


class Uneven(ValueError):
    """Stripe cannot take so small a part of this currency."""


def sent(money: Money) -> int:
    """Raises Uneven."""
    if money.currency in IN_HUNDREDTHS:
        return money.minor * HUNDRED
    step = HUNDRED if money.currency in WHOLE else TEN if money.currency in IN_TENS else 1
    if money.minor % step:
        raise Uneven
    return money.minor // HUNDRED if money.currency in WHOLE else money.minor


def received(amount: int, currency: str) -> Money:
    """Raises Uneven, or UnknownCurrency."""
    code = currency.upper()
    if code in WHOLE:
        return Money(amount * HUNDRED, code)
    if code in IN_HUNDREDTHS:
        whole, rest = divmod(amount, HUNDRED)
        if rest:
            raise Uneven
        return Money(whole, code)
    return Money(amount, code)
