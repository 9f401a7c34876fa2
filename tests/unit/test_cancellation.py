"""What cancelling costs, and until exactly when."""

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.cancellation import (
    USUAL_TERMS,
    BadTiers,
    Cancellation,
    CancellationTerms,
    Tier,
)
from domain.kernel.money import Money
from domain.kernel.periods import Zone
from tests.samples import DAY, HOUR, LONDON, NOW, pounds

MICROSECOND = timedelta(microseconds=1)
TWO_DAYS = CancellationTerms(tiers=(Tier(hours_before=48, refund_percent=80),))


def refund(
    terms: CancellationTerms, *, starts_at: datetime, now: datetime, price: Money | None = None
) -> Money:
    return terms.split(price or pounds(100), starts_at=starts_at, now=now).refund


@pytest.mark.parametrize(
    ("notice", "percent"),
    [
        (30 * DAY, 100),
        (7 * DAY + MICROSECOND, 100),
        (7 * DAY, 100),
        (7 * DAY - MICROSECOND, 50),
        (3 * DAY + MICROSECOND, 50),
        (3 * DAY, 50),
        (3 * DAY - MICROSECOND, 0),
        (MICROSECOND, 0),
        (timedelta(), 0),
    ],
)
def test_usually_a_week_gives_back_all_and_three_days_half(
    notice: timedelta, percent: int
) -> None:
    split = USUAL_TERMS.split(pounds(100), starts_at=NOW + notice, now=NOW)

    assert split == Cancellation(fee=pounds(100 - percent), refund=pounds(percent))


def test_without_tiers_nothing_is_given_back() -> None:
    terms = CancellationTerms(tiers=())

    assert refund(terms, starts_at=NOW + 1000 * DAY, now=NOW) == pounds(0)


def test_a_tier_may_be_open_to_the_very_start() -> None:
    terms = CancellationTerms(tiers=(Tier(hours_before=0, refund_percent=10),))

    assert refund(terms, starts_at=NOW, now=NOW) == pounds(10)
    assert refund(terms, starts_at=NOW, now=NOW + MICROSECOND) == pounds(0)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Europe/London", "Pacific/Pago_Pago"])
def test_hours_are_counted_from_the_wall_time_at_the_place(zone: str) -> None:
    """The date alone, or the date in UTC, would be off by up to a day and a half."""
    starts_at = Zone(zone).moment(date(2026, 12, 10), time(15))
    deadline = Zone(zone).moment(date(2026, 12, 8), time(15))

    assert refund(TWO_DAYS, starts_at=starts_at, now=deadline) == pounds(80)
    assert refund(TWO_DAYS, starts_at=starts_at, now=deadline + MICROSECOND) == pounds(0)


@pytest.mark.parametrize(
    ("starts_on", "deadline"),
    [
        # The clock goes forward in the night of 28 March 2027: 48 hours before 9:00 it was 8:00.
        (date(2027, 3, 29), datetime(2027, 3, 27, 8, tzinfo=timezone.utc)),
        # It goes back in the night of 30 October 2027: 48 hours before 9:00 it was 10:00.
        (date(2027, 11, 1), datetime(2027, 10, 30, 9, tzinfo=timezone.utc)),
    ],
)
def test_an_hour_is_an_hour_over_a_clock_change(starts_on: date, deadline: datetime) -> None:
    starts_at = LONDON.moment(starts_on, time(9))

    assert refund(TWO_DAYS, starts_at=starts_at, now=deadline) == pounds(80)
    assert refund(TWO_DAYS, starts_at=starts_at, now=deadline + MICROSECOND) == pounds(0)


def test_the_zone_of_whoever_asks_does_not_matter() -> None:
    starts_at = NOW + 48 * HOUR
    for hours in (-11, 0, 14):
        asked_at = NOW.astimezone(timezone(timedelta(hours=hours)))
        assert refund(TWO_DAYS, starts_at=starts_at, now=asked_at) == pounds(80)


TIERS = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(1, 100)),
    max_size=6,
    unique_by=(lambda tier: tier[0], lambda tier: tier[1]),
)


def falling(tiers: list[tuple[int, int]]) -> CancellationTerms:
    hours = sorted((hours for hours, _ in tiers), reverse=True)
    percents = sorted((percent for _, percent in tiers), reverse=True)
    return CancellationTerms(
        tiers=tuple(
            Tier(hours_before=h, refund_percent=p) for h, p in zip(hours, percents, strict=True)
        )
    )


@given(tiers=TIERS, minor=st.integers(0, 10**9), earlier=st.integers(0, 10**6), later=st.data())
def test_fee_and_refund_are_the_price_and_waiting_never_pays(
    tiers: list[tuple[int, int]], minor: int, earlier: int, later: st.DataObject
) -> None:
    terms, price = falling(tiers), Money(minor, "JPY")
    minutes = later.draw(st.integers(0, earlier))
    first, second = (
        terms.split(price, starts_at=NOW + timedelta(minutes=notice), now=NOW)
        for notice in (earlier, minutes)
    )

    for split in (first, second):
        assert split.fee + split.refund == price
        assert Money.zero("JPY") <= split.refund <= price
    assert second.refund <= first.refund


@pytest.mark.parametrize(
    "tiers",
    [
        [(-1, 50)],
        [(24, 0)],
        [(24, -1)],
        [(24, 101)],
        [(24, 50), (24, 40)],
        [(24, 50), (48, 40)],
        [(48, 50), (24, 50)],
        [(48, 40), (24, 50)],
        [(72, 100), (48, 50), (24, 60)],
    ],
)
def test_tiers_fall_from_the_most_hours_to_the_fewest(tiers: list[tuple[int, int]]) -> None:
    with pytest.raises(BadTiers, match="from 100 down to 1 percent") as refused:
        CancellationTerms(
            tiers=tuple(Tier(hours_before=h, refund_percent=percent) for h, percent in tiers)
        )

    assert refused.value.field == "cancellation"
