"""What one booking adds to the sums that figures are read from."""

from collections.abc import Mapping

import attrs

from domain.analytics.booking_facts import ATTENDED, LET_GO, STANDING
from domain.analytics.booking_totals import BookingTotals

HELD, CANCELLED, NO_SHOW = "held", "cancelled", "no_show"


@attrs.frozen(kw_only=True)
class CountedBooking:
    """`confirmed` and `paid` say whether it ever was; money is in minor units of one currency."""

    state: str
    by_company: bool
    confirmed: bool
    paid: bool
    units: int
    people: int
    lead_days: int
    total_minor: int
    worth_minor: int

    def counted(self) -> Mapping[str, int]:
        """By name of the sum, without zeros."""
        counts = {**self._as_made(), **self._as_standing()}
        return {name: number for name, number in counts.items() if number}

    def _as_made(self) -> dict[str, int]:
        cancelled, attended = self.state == CANCELLED, self.state in ATTENDED
        paid = self.confirmed and self.paid
        return {
            "bookings": 1,
            "pending": int(self.state == HELD),
            "let_go": int(self.state in LET_GO),
            "confirmed": int(self.confirmed),
            "cancelled": int(cancelled),
            "cancelled_by_company": int(cancelled and self.by_company),
            "no_shows": int(self.state == NO_SHOW),
            "attended": int(attended),
            "paid": int(paid),
            "paid_and_attended": int(paid and attended),
        }

    def _as_standing(self) -> dict[str, int]:
        if self.state not in STANDING:
            return {}
        return {
            "standing": 1,
            "people": self.people,
            "units": self.units,
            "lead_days": self.lead_days,
            "total_minor": self.total_minor,
            "worth_minor": self.worth_minor,
        }


@attrs.frozen(kw_only=True)
class CountedDay:
    """One of a booking's local dates; `worth_minor` is what that date costs."""

    state: str
    units: int
    people: int
    worth_minor: int

    def counted(self) -> Mapping[str, int]:
        """By name of the sum, without zeros."""
        if self.state == HELD:
            return {"pending": self.units}
        if self.state not in STANDING:
            return {}
        counts = {"sold": self.units, "people": self.people, "worth_minor": self.worth_minor}
        return {name: number for name, number in counts.items() if number}


SUMMED = (*(field.name for field in attrs.fields(BookingTotals)), "total_minor", "worth_minor")
SUMMED_BY_DAY = ("sold", "pending", "people", "worth_minor")
