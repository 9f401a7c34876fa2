"""How long holds last: by what they wait for, and by product."""

from typing import ClassVar

import attrs

from domain.bookings.conditions import Conditions
from domain.bookings.life import HoldPurpose, HoldTerms
from domain.kernel.refusals import Conflict


@attrs.frozen
class InquiriesNotOffered(Conflict):
    """The desk holds nothing without obligation."""

    code: ClassVar[str] = "inquiries_not_offered"

    def __str__(self) -> str:
        return "inquiries are not offered here; hold it to be paid"


@attrs.frozen(kw_only=True)
class HoldPolicy:
    """The desk's usual times. A product may have its own for payment, within the same cap.

    Where there are no times for inquiries, there are no inquiries.
    """

    payment: HoldTerms
    inquiry: HoldTerms | None
    approval: HoldTerms

    def of(self, purpose: HoldPurpose, conditions: Conditions) -> HoldTerms:
        """Raises InquiriesNotOffered."""
        match purpose:
            case HoldPurpose.INQUIRY:
                if self.inquiry is None:
                    raise InquiriesNotOffered
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
