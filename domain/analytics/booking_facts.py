"""One booking as it is counted."""

from collections.abc import Mapping
from datetime import date, datetime

import attrs

from domain.kernel.identifiers import BookingId, ResourceId
from domain.kernel.money import Money

STANDING = frozenset({"confirmed", "in_progress", "completed", "no_show"})
"""What was promised and not called off: it takes, or took, its units."""
LET_GO = frozenset({"released", "expired", "declined"})
ATTENDED = frozenset({"in_progress", "completed"})


@attrs.frozen(kw_only=True)
class BookingFact:
    """`lead_days` are the local dates from the one it was booked on to its first.

    `worth` is what each of its days costs after discounts, without taxes and fees. `confirmed_at`,
    `cancelled_at` and `paid_at` are the first time of each, None where it never was, or nobody
    knows when: of what was imported as cancelled.
    """

    booking_id: BookingId
    resource_id: ResourceId
    kind: str
    state: str
    by_company: bool
    starts_at: datetime
    first_day: date
    units: int
    people: int
    lead_days: int
    total: Money
    worth: Mapping[date, Money]
    booked_at: datetime
    confirmed_at: datetime | None
    cancelled_at: datetime | None
    paid_at: datetime | None
