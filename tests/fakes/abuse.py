"""What has happened lately, as tests say; and customers of whom nothing can be told."""

import attrs

from application.payments.abuse_ports import ContactSigns, RecentPayments
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId
from domain.kernel.money import Money
from domain.payments.abuse import Recent


@attrs.define
class FakeRecent(RecentPayments):
    """`broken` raises as a database might."""

    by_customer: int = 0
    by_actor: int = 0
    usual: Money | None = None
    broken: bool = False

    async def before(self, _: Actor, __: BookingId) -> Recent:
        if self.broken:
            raise RuntimeError
        return Recent(by_customer=self.by_customer, by_actor=self.by_actor, usual=self.usual)


class NoSigns(ContactSigns):
    def is_disposable(self, _: str) -> bool:
        return False

    def countries_of(self, _: str) -> frozenset[str]:
        return frozenset()

    def currencies_of(self, _: str) -> frozenset[str]:
        return frozenset()
