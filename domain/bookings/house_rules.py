"""What an organization decides for all that it sells, where a product says nothing of its own."""

from datetime import datetime, timedelta

import attrs

from domain.bookings.adjustments import Adjustments
from domain.bookings.discounts import NO_STEPS, Steps
from domain.bookings.requests import BookingClosed, Demand


@attrs.frozen(kw_only=True)
class HouseRules:
    """Booking closes `closes_before` the start at the latest; `group` are the usual discounts."""

    closes_before: timedelta = timedelta()
    group: Steps = NO_STEPS

    def adjustments(self, own: Adjustments) -> Adjustments:
        return own if own.group.steps else attrs.evolve(own, group=self.group)

    def closing(self, demand: Demand, *, now: datetime) -> datetime:
        """From when on it can no longer be booked. Raises BookingClosed if that is now."""
        if not self.closes_before:
            return demand.closes_at
        closes_at = min(demand.closes_at, demand.period.starts_at - self.closes_before)
        if now >= closes_at:
            raise BookingClosed(closes_at)
        return closes_at


NO_HOUSE_RULES = HouseRules()
