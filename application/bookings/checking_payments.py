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
            )
        except Exception:  # noqa: BLE001
            return rules.unchecked()
        return rules.judge(found)

    def _countries_differ(self, contact: Contact) -> bool:
        if contact.phone is None or contact.country is None:
            return False
        countries = self.signs.countries_of(contact.phone)
        return bool(countries) and contact.country not in countries
