"""What bookings ask of calls before something is done for a customer."""

from collections.abc import Sequence
from typing import Protocol

from domain.bookings.yeses import Sensitive
from domain.kernel.identifiers import BookingId

ASKING = "calls.yes_required"
"""The setting that has the customer asked."""


class Yeses(Protocol):
    """What the customer has agreed to in the call in which the actor acts."""

    def must_cover(self, action: Sensitive, booking_ids: Sequence[BookingId]) -> None:
        """Each yes is good for one action on one booking. Raises YesMissing.

        Outside of calls, and where the organization does not ask for it, nothing is missing.
        """
        ...
