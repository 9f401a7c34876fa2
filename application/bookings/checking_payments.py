"""Look at a payment before it begins: what cannot be looked at is looked at by somebody."""

import attrs

from application.payments.abuse_ports import ContactSigns, RecentPayments
from domain.bookings.booking import Booking
from domain.bookings.contacts import Contact
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId
from domain.kernel.money import Money
from domain.payments.abuse import AbuseRules, Check, Circumstances, Recent


@attrs.frozen(kw_only=True)
class CheckingPayments:
    recent_payments: RecentPayments
    signs: ContactSigns

    async def recent(self, actor: Actor, booking_id: BookingId) -> Recent | None:
        """None if it cannot be had: whatever went wrong, no payment passes because of it."""
        try:
            return await self.recent_payments.before(actor, booking_id)
        except Exception:  # noqa: BLE001
            return None

    def check(
        self, booking: Booking, amount: Money, recent: Recent | None, rules: AbuseRules
    ) -> Check:
        if recent is None:
            return rules.unchecked()
        contact = booking.agreement.request.contact
        try:
            found = Circumstances(
                recent=recent,
                amount=amount,
                disposable=self.signs.is_disposable(contact.email),
                countries_differ=self._countries_differ(contact),
                foreign_currency=self._is_foreign(amount.currency, contact),
            )
        except Exception:  # noqa: BLE001
            return rules.unchecked()
        return rules.judge(found)

    def _countries_differ(self, contact: Contact) -> bool:
        if contact.phone is None or contact.country is None:
            return False
        countries = self.signs.countries_of(contact.phone)
        return bool(countries) and contact.country not in countries

    def _is_foreign(self, currency: str, contact: Contact) -> bool:
        """Wherever they may be from, it is known what is paid with there, and it is not this."""
        usual = [self.signs.currencies_of(country) for country in self._home(contact)]
        return bool(usual) and all(known and currency not in known for known in usual)

    def _home(self, contact: Contact) -> frozenset[str]:
        if contact.country is not None:
            return frozenset({contact.country})
        return frozenset() if contact.phone is None else self.signs.countries_of(contact.phone)
