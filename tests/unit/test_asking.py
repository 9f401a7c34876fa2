"""Of which time questions about numbers are asked."""

from datetime import datetime, timedelta, timezone

from application.analytics.asking import Span, usual_period
from domain.analytics.intervals import Granularity
from domain.kernel.periods import Period, Zone

NOW = datetime(2026, 10, 27, 9, 31, 7, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


def test_usually_it_is_the_last_week_up_to_the_hour_that_goes_on() -> None:
    period = usual_period(NOW)
    assert period.ends_at == datetime(2026, 10, 27, 10, tzinfo=timezone.utc)
    assert period.ends_at - period.starts_at == timedelta(days=7)


def test_days_are_those_of_the_zone() -> None:
    day = Period(
        datetime(2026, 10, 24, 22, tzinfo=timezone.utc),
        datetime(2026, 10, 25, 23, tzinfo=timezone.utc),
    )
    (cut,) = Span(period=day, zone=Zone("Europe/Berlin")).cut(Granularity.DAY)
    assert cut == day
    assert len(Span(period=day, zone=Zone("UTC")).cut(Granularity.DAY)) == 2


def test_what_was_before_is_as_long_and_ends_where_it_begins() -> None:
    span = Span(period=usual_period(NOW), zone=Zone("UTC"))
    assert span.before.period.ends_at == span.period.starts_at
    assert span.before.period.starts_at == span.period.starts_at - timedelta(days=7)
    assert span.before.zone == span.zone
