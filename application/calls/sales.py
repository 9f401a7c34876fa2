"""What a call has led to."""

from collections.abc import Sequence
from typing import ClassVar, Protocol

import attrs

from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, CallId
from domain.kernel.money import Money


@attrs.frozen(kw_only=True)
class Sale:
    """A booking that was held or confirmed in the call, and is not cancelled."""

    booking_id: BookingId
    reference: str
    title: str
    state: str
    total: Money


class SalesViews(Protocol):
    MOST: ClassVar[int] = 1000

    async def sales(self, actor: Actor, call_id: CallId) -> Sequence[Sale]:
        """By reference, at most MOST; for whoever may read bookings.

        Raises CallNotFound or NotPermitted.
        """
        ...


def revenue(sales: Sequence[Sale]) -> Sequence[Money]:
    """What they come to: one amount for each currency, in the order of their codes."""
    sums: dict[str, int] = {}
    for sale in sales:
        sums[sale.total.currency] = sums.get(sale.total.currency, 0) + sale.total.minor
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))
