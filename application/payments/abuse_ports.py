"""What is asked about a payment before it begins."""

from typing import Protocol

from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId
from domain.payments.abuse import Recent


class RecentPayments(Protocol):
    """May raise anything, a time limit's error included: then nobody knows."""

    async def before(self, actor: Actor, booking_id: BookingId) -> Recent:
        """What has happened lately, seen from a payment that this actor begins for the booking."""
        ...


class ContactSigns(Protocol):
    """What can be told from how somebody is reached, without asking anybody."""

    def is_disposable(self, email: str) -> bool:
        """Whether it is an address that anybody may have for some minutes."""
        ...

    def countries_of(self, phone: str) -> frozenset[str]:
        """Where a number in E.164 may be from (ISO 3166, alpha-2); nothing if nobody knows."""
        ...

    def currencies_of(self, country: str) -> frozenset[str]:
        """What people pay with in a country; nothing if nobody knows."""
        ...
