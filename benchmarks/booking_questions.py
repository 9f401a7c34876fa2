"""What is asked about the bookings of a year that has just ended."""

from datetime import date, timedelta
from typing import Any

from application.analytics.asking import Span
from application.analytics.booking_views import BookingQuestion
from application.analytics.day_views import DayQuestion
from benchmarks.figure_rows import BEGAN
from domain.kernel.periods import DateRange, Period, Zone

LISBON = Zone("Europe/Lisbon")
UNTIL = BEGAN + timedelta(days=365)
TODAY = UNTIL.date()
NOON = UNTIL - timedelta(hours=12)


def last(days: int, **members: Any) -> BookingQuestion:
    period = Period(UNTIL - timedelta(days=days), UNTIL)
    return BookingQuestion(span=Span(period=period, zone=LISBON), **members)


def nights(days: int, until: date = TODAY, **members: Any) -> DayQuestion:
    return DayQuestion(dates=DateRange(until - timedelta(days=days), until), **members)
