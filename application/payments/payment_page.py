"""Where a customer pays if the provider is the one that is part of the program."""

from collections.abc import Sequence
from typing import Protocol

import attrs

from domain.kernel.money import Money
from domain.payments.provider import ProviderStatus

WALK_AWAY = "walk_away"
"""The choice that leaves everything as it is."""


class NoSuchPaymentPage(Exception):
    """No payment has this address."""


class NoSuchChoice(Exception):
    """It cannot be chosen, or no longer."""


@attrs.frozen(kw_only=True)
class Choice:
    name: str
    label: str


@attrs.frozen(kw_only=True)
class PaymentPage:
    """`failure` is why it was declined last.

    With nothing to choose, nothing is open. `back` is where the customer came from.
    """

    description: str
    amount: Money
    state: ProviderStatus
    choices: Sequence[Choice]
    failure: str | None
    back: str | None


class PaymentPages(Protocol):
    """`token` is the unguessable part of a page's address; whoever has it is the customer."""

    async def show(self, token: str, /) -> PaymentPage:
        """Raises NoSuchPaymentPage."""
        ...

    async def choose(self, token: str, choice: str, /) -> PaymentPage:
        """Raises NoSuchPaymentPage or NoSuchChoice."""
        ...
