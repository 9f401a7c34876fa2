"""What was on the books for some days, at one moment and at another."""

import attrs

from domain.analytics.booking_totals import added
from domain.analytics.figures import Figure, Unit


@attrs.frozen(kw_only=True)
class OnTheBooks:
    """Units and what they are worth, at the later moment and at the earlier, in one currency."""

    units: int = 0
    worth_minor: int = 0
    units_before: int = 0
    worth_minor_before: int = 0

    def __add__(self, other: "OnTheBooks") -> "OnTheBooks":
        return added(self, other)


SOURCE = (
    "days of bookings that had been confirmed and not cancelled then, at today's price; what was "
    "imported as cancelled never was on the books"
)

PICK_UP_FIGURES = (
    Figure[OnTheBooks](
        name="on_the_books",
        unit=Unit.UNITS,
        formula="units on the books at the later moment",
        source=SOURCE,
        of=lambda t: t.units,
    ),
    Figure[OnTheBooks](
        name="on_the_books_before",
        unit=Unit.UNITS,
        formula="units on the books at the earlier moment",
        source=SOURCE,
        of=lambda t: t.units_before,
    ),
    Figure[OnTheBooks](
        name="pick_up",
        unit=Unit.UNITS,
        formula="on_the_books - on_the_books_before",
        source=SOURCE,
        of=lambda t: t.units - t.units_before,
    ),
    Figure[OnTheBooks](
        name="worth_on_the_books",
        unit=Unit.MONEY,
        formula="room_revenue of what is on the books at the later moment",
        source=SOURCE,
        of=lambda t: t.worth_minor,
    ),
    Figure[OnTheBooks](
        name="worth_picked_up",
        unit=Unit.MONEY,
        formula="worth_on_the_books less the same at the earlier moment",
        source=SOURCE,
        of=lambda t: t.worth_minor - t.worth_minor_before,
    ),
)
