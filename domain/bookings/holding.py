"""How long holds last: by what they wait for, and by product."""

import attrs

from domain.bookings.conditions import Conditions
from domain.bookings.life import HoldPurpose, HoldTerms


@attrs.frozen(kw_only=True)
class HoldPolicy:
    """The desk's usual times. A product may have its own for payment, within the same cap."""

    payment: HoldTerms
    inquiry: HoldTerms
    approval: HoldTerms

    def of(self, purpose: HoldPurpose, conditions: Conditions) -> HoldTerms:
        match purpose:
            case HoldPurpose.INQUIRY:
                return self.inquiry
            case HoldPurpose.APPROVAL:
                return self.approval
            case HoldPurpose.PAYMENT | HoldPurpose.OFFER:
                return self._of_payment(conditions)

    def _of_payment(self, conditions: Conditions) -> HoldTerms:
        if conditions.held_for is None:
            return self.payment
        lasts = min(conditions.held_for, self.payment.at_most)
        return attrs.evolve(self.payment, lasts=lasts)
