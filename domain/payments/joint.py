"""One payment for several bookings: a share for each, and one thing at the provider.

Each share is a payment of its booking in everything that concerns the booking: what is owed, given
back, put on paper. At the provider there is one payment of the whole, which the first share leads.
"""

from collections.abc import Sequence

import attrs

from domain.kernel.identifiers import PaymentId
from domain.kernel.money import Money
from domain.payments.provider import ProviderDispute, ProviderPayment

MARK = "#"


@attrs.frozen(kw_only=True)
class Joint:
    """`lead` is the share in whose name it is done at the provider, `total` the whole of it."""

    lead: PaymentId
    total: Money


def named_there(reference: str) -> str:
    """What the provider calls it, of which each share has a name of its own."""
    return reference.partition(MARK)[0]


def shares_of_payment(
    news: ProviderPayment, amounts: Sequence[Money]
) -> Sequence[ProviderPayment]:
    """What the provider says of the whole, of each share. Nothing is lost in between."""
    weights = [amount.minor for amount in amounts]
    captured = news.captured.allocate(weights)
    fees = (None,) * len(weights) if news.fee is None else news.fee.allocate(weights)
    return [
        attrs.evolve(
            news,
            reference=_named(news.reference, place),
            amount=amounts[place],
            captured=captured[place],
            fee=fees[place],
        )
        for place in range(len(amounts))
    ]


def shares_of_dispute(
    news: ProviderDispute, amounts: Sequence[Money]
) -> Sequence[ProviderDispute]:
    """What is disputed of the whole, and held back for it, of each share."""
    weights = [amount.minor for amount in amounts]
    disputed, withdrawn = news.amount.allocate(weights), news.withdrawn.allocate(weights)
    return [
        attrs.evolve(
            news,
            reference=_named(news.reference, place),
            amount=disputed[place],
            withdrawn=withdrawn[place],
        )
        for place in range(len(amounts))
    ]


def _named(reference: str, place: int) -> str:
    """The first has the name of the whole."""
    return f"{reference}{MARK}{place + 1}" if place else reference
