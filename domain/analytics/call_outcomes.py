"""What calls came to: settled at once, or sold."""

from collections.abc import Callable

import attrs

from domain.analytics.figures import Figure, Unit, Value, share

USUAL_DAYS = 7


@attrs.frozen(kw_only=True)
class OutcomeTotals:
    """`contacts` are handled calls from a number that is known, whose days to call again are over;
    `resolved` are those of them that nobody of the same number called again after."""

    handled: int = 0
    contacts: int = 0
    resolved: int = 0
    calls_with_hold: int = 0
    calls_with_booking: int = 0


@attrs.frozen(kw_only=True)
class SoldTotals:
    """In one currency: what is agreed for standing bookings that calls have led to."""

    handled: int = 0
    bookings: int = 0
    total_minor: int = 0


CONTACTS = "handled calls from outside whose caller's number is known"
SOLD = "what was held and confirmed in calls, by the call that the event log names"


def _number(
    source: str, name: str, formula: str, of: Callable[[OutcomeTotals], Value | None]
) -> Figure[OutcomeTotals]:
    return Figure(name=name, unit=Unit.CALLS, formula=formula, source=source, of=of)


RESOLUTION_FIGURES = (
    _number(
        CONTACTS,
        "contacts",
        "handled calls that ended long enough ago to be called again after",
        lambda t: t.contacts,
    ),
    _number(
        CONTACTS,
        "resolved_at_first_contact",
        "contacts after which no call from the same number came within the days asked for",
        lambda t: t.resolved,
    ),
    Figure[OutcomeTotals](
        name="first_contact_resolution",
        unit=Unit.SHARE,
        formula="resolved_at_first_contact / contacts",
        source=CONTACTS,
        of=lambda t: share(t.resolved, t.contacts),
    ),
)

CONVERSION_FIGURES = (
    _number(SOLD, "handled", "answered calls whose line is down", lambda t: t.handled),
    _number(
        SOLD,
        "calls_with_hold",
        "handled calls in which something was held or confirmed",
        lambda t: t.calls_with_hold,
    ),
    _number(
        SOLD,
        "calls_with_booking",
        "calls_with_hold of which a booking stands",
        lambda t: t.calls_with_booking,
    ),
    Figure[OutcomeTotals](
        name="hold_rate",
        unit=Unit.SHARE,
        formula="calls_with_hold / handled",
        source=SOLD,
        of=lambda t: share(t.calls_with_hold, t.handled),
    ),
    Figure[OutcomeTotals](
        name="call_conversion_rate",
        unit=Unit.SHARE,
        formula="calls_with_booking / handled",
        source=SOLD,
        of=lambda t: share(t.calls_with_booking, t.handled),
    ),
)

SOLD_FIGURES = (
    Figure[SoldTotals](
        name="bookings_of_calls",
        unit=Unit.BOOKINGS,
        formula="standing bookings that were held or confirmed in handled calls, each once",
        source=SOLD,
        of=lambda t: t.bookings,
    ),
    Figure[SoldTotals](
        name="value_of_calls",
        unit=Unit.MONEY,
        formula="sum of agreed totals of bookings_of_calls",
        source=SOLD,
        of=lambda t: t.total_minor,
    ),
    Figure[SoldTotals](
        name="value_per_call",
        unit=Unit.MONEY,
        formula="value_of_calls / handled",
        source=SOLD,
        of=lambda t: share(t.total_minor, t.handled),
    ),
)
