"""What was agreed, in full, as it was when the price was quoted."""

from datetime import date

import attrs

from domain.bookings.cancellation import CancellationTerms
from domain.bookings.conditions import USUAL_CONDITIONS, Conditions
from domain.bookings.consent import Consent
from domain.bookings.inquiry import Inquiry
from domain.bookings.price import Price
from domain.bookings.requests import BaseBookingRequest
from domain.kernel.claims import Claim, ExclusiveClaim, IntervalClaim
from domain.kernel.money import Money
from domain.kernel.periods import Period, Zone


@attrs.frozen(kw_only=True)
class Agreement:
    """A snapshot: later changes of rates, terms, names or places do not touch it.

    `change_fees` are those for every change so far; they are owed beside the price, and not given
    back with it. What comes from `history` was agreed elsewhere and takes nothing. `agreed_on` is
    the local date on which the booking was first quoted, however often it has changed since.
    """

    request: BaseBookingRequest
    title: str
    zone: Zone
    period: Period
    claims: tuple[Claim, ...] = ()
    exclusives: tuple[ExclusiveClaim, ...] = ()
    intervals: tuple[IntervalClaim, ...] = ()
    price: Price
    cancellation: CancellationTerms
    consent: Consent | None = None
    history: bool = False
    conditions: Conditions = USUAL_CONDITIONS
    change_fees: Money | None = None
    inquiry: Inquiry | None = None
    agreed_on: date | None = None

    def boarded(self, numbers: tuple[int, ...]) -> "Agreement":
        """The same, with boarding numbers."""
        return attrs.evolve(self, request=self.request.boarded(numbers))
