"""Figures about bookings: each has one definition, wherever it is shown."""

from collections.abc import Callable

from domain.analytics.booking_totals import BookingTotals, ValueTotals
from domain.analytics.figures import Figure, Unit, share

BOOKINGS = "bookings of the time asked for, by when they were made or when they begin"


def _number(
    name: str, formula: str, of: Callable[[BookingTotals], int], unit: Unit = Unit.BOOKINGS
) -> Figure[BookingTotals]:
    return Figure(name=name, unit=unit, formula=formula, source=BOOKINGS, of=of)


def _ratio(
    name: str,
    formula: str,
    of: Callable[[BookingTotals], float | None],
    unit: Unit = Unit.SHARE,
) -> Figure[BookingTotals]:
    return Figure(name=name, unit=unit, formula=formula, source=BOOKINGS, of=of)


BOOKING_FIGURES = (
    _number("bookings", "all of them, whatever became of them", lambda t: t.bookings),
    _number("pending", "held, and their units taken, but not confirmed yet", lambda t: t.pending),
    _number("let_go", "released, expired or declined", lambda t: t.let_go),
    _number("confirmed", "confirmed at any time, imported ones at once", lambda t: t.confirmed),
    _number("standing", "confirmed, in progress, completed or no-show now", lambda t: t.standing),
    _number("cancelled", "confirmed at first, cancelled now", lambda t: t.cancelled),
    _number(
        "cancelled_by_company",
        "cancelled by the desk and not by the customer",
        lambda t: t.cancelled_by_company,
    ),
    _number("no_shows", "nobody came", lambda t: t.no_shows),
    _number("attended", "in progress or completed", lambda t: t.attended),
    _number("paid", "confirmed at any time and something of it paid", lambda t: t.paid),
    _number(
        "paid_and_attended",
        "something paid, and in progress or completed",
        lambda t: t.paid_and_attended,
    ),
    _number("people", "people in standing bookings", lambda t: t.people, Unit.UNITS),
    _number(
        "units",
        "rooms, cars, seats taken at a time by standing bookings",
        lambda t: t.units,
        Unit.UNITS,
    ),
    _ratio("conversion_rate", "confirmed / bookings", lambda t: share(t.confirmed, t.bookings)),
    _ratio(
        "cancellation_rate", "cancelled / confirmed", lambda t: share(t.cancelled, t.confirmed)
    ),
    _ratio(
        "no_show_rate",
        "no_shows / (attended + no_shows)",
        lambda t: share(t.no_shows, t.attended + t.no_shows),
    ),
    _ratio(
        "attendance_rate",
        "attended / (attended + no_shows)",
        lambda t: share(t.attended, t.attended + t.no_shows),
    ),
    _ratio("paid_rate", "paid / confirmed", lambda t: share(t.paid, t.confirmed)),
    _ratio(
        "people_per_booking",
        "people / standing",
        lambda t: share(t.people, t.standing),
        Unit.UNITS,
    ),
    _ratio(
        "average_lead_time",
        "local dates from booking to the first day, summed over standing / standing",
        lambda t: share(t.lead_days, t.standing),
        Unit.DAYS,
    ),
)

AGREED = "what was agreed for standing bookings, in the currency beside it"

VALUE_FIGURES = (
    Figure[ValueTotals](
        name="value",
        unit=Unit.MONEY,
        formula="sum of agreed totals, taxes and fees included",
        source=AGREED,
        of=lambda t: t.total_minor,
    ),
    Figure[ValueTotals](
        name="worth",
        unit=Unit.MONEY,
        formula="sum of charges less discounts, without fees and taxes",
        source=AGREED,
        of=lambda t: t.worth_minor,
    ),
    Figure[ValueTotals](
        name="average_value",
        unit=Unit.MONEY,
        formula="value / standing bookings in this currency",
        source=AGREED,
        of=lambda t: share(t.total_minor, t.standing),
    ),
)
