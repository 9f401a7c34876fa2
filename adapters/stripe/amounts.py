"""Amounts as Stripe counts them, which is not always how ISO 4217 does."""

from domain.kernel.money import Money, UnknownCurrency

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
    """Raises ValueError."""
    try:
        money = Money(amount, currency.upper())
    except UnknownCurrency:
        raise ValueError("no currency") from None
    if money.currency in WHOLE:
        return money * HUNDRED
    if money.currency in IN_HUNDREDTHS:
        if amount % HUNDRED:
            raise ValueError("a part of what has no parts")
        return Money(amount // HUNDRED, money.currency)
    return money
