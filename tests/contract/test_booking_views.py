"""Booking views: what was stored, shaped by the question, of one organization only."""

from datetime import timedelta
from uuid import UUID

import attrs
import pytest

from adapters.readers.bookings import SqlBookingViews
from adapters.readers.holds import SqlEndedBookings, SqlOverdueHolds
from application.bookings.views import BookingFilter, BookingSummary
from application.kernel.pages import Slice
from domain.bookings.booking import Booking
from domain.bookings.life import BookingNotFound, BookingState, HoldPurpose
from domain.bookings.quotes import QuoteNotFound
from domain.bookings.sales_terms import NoSalesTerms
from domain.kernel.identifiers import BookingId, ItineraryId, QuoteId
from tests.contract.storages import SqlStorage, Work, put_on_sale
from tests.samples import (
    ADA,
    BERT,
    DESK,
    DOUBLE_ROOMS,
    FIRST_AID,
    NOW,
    OTHER_DESK,
    QUARTER,
    held,
    hotel,
    quote,
    reference,
    room_terms,
    training,
)

pytestmark = pytest.mark.anyio

ALL = Slice(limit=100)
JOURNEY = ItineraryId(UUID(int=77))


@pytest.fixture
def views(sql: SqlStorage) -> SqlBookingViews:
    return SqlBookingViews(sql.database)


async def five(sql: SqlStorage) -> list[Booking]:
    """Soonest first; the last two begin together."""
    bookings = [
        held(hotel(1, 2), id=1),
        attrs.evolve(held(hotel(2, 4, rooms=2), id=2), itinerary_id=JOURNEY).confirm(now=NOW),
        held(training(), id=3, purpose=HoldPurpose.APPROVAL).change_contact(BERT, now=NOW),
        held(hotel(20, 21), id=4).release(now=NOW),
        held(hotel(20, 25), id=5).confirm(now=NOW).cancel(now=NOW),
    ]

    def save(work: Work) -> list[Booking]:
        work.bookings.save(held(hotel(1, 2), id=1))
        return []

    await sql.work(OTHER_DESK, save)
    return await sql.work(
        DESK, lambda work: [work.bookings.save(booking) for booking in reversed(bookings)]
    )


async def test_a_booking_is_shown_as_it_is_stored(sql: SqlStorage, views: SqlBookingViews) -> None:
    for booking in await five(sql):
        assert await views.booking(DESK, booking.id) == booking


async def test_a_summary_has_what_a_list_shows(sql: SqlStorage, views: SqlBookingViews) -> None:
    saved = await sql.work(DESK, lambda work: work.bookings.save(held(hotel(1, 4, rooms=2))))
    page = await views.bookings(DESK, filter=BookingFilter(), slice=ALL)

    assert page.items == [
        BookingSummary(
            id=saved.id,
            version=1,
            reference=saved.reference.text,
            state=BookingState.HELD,
            purpose=HoldPurpose.PAYMENT,
            itinerary_id=None,
            resource_id=DOUBLE_ROOMS.id,
            title="Double room",
            starts_at=saved.agreement.period.starts_at,
            ends_at=saved.agreement.period.ends_at,
            expires_at=NOW + QUARTER,
            total=saved.agreement.price.total,
        )
    ]
    assert page.next is None


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        (BookingFilter(), [1, 2, 3, 4, 5]),
        (BookingFilter(state=BookingState.HELD), [1, 3]),
        (BookingFilter(state=BookingState.EXPIRED), []),
        (BookingFilter(purpose=HoldPurpose.PAYMENT), [1, 2, 4, 5]),
        (BookingFilter(purpose=HoldPurpose.APPROVAL), [3]),
        (BookingFilter(itinerary_id=JOURNEY), [2]),
        (BookingFilter(resource_id=FIRST_AID.id), [3]),
        (BookingFilter(email=ADA.email), [1, 2, 4, 5]),
        (BookingFilter(email=BERT.email), [3]),
        (BookingFilter(email="ADA@example.com"), []),
        (BookingFilter(email="%"), []),
        (BookingFilter(reference=reference(2).text), [2]),
        (BookingFilter(starts_from=NOW + timedelta(days=13)), [2, 3, 4, 5]),
        (BookingFilter(starts_before=NOW + timedelta(days=13)), [1]),
        (BookingFilter(state=BookingState.CONFIRMED, email=ADA.email), [2]),
        (BookingFilter(state=BookingState.CONFIRMED, email=BERT.email), []),
    ],
    ids=str,
)
async def test_a_list_keeps_to_its_filter(
    sql: SqlStorage, views: SqlBookingViews, filter: BookingFilter, expected: list[int]
) -> None:
    await five(sql)

    page = await views.bookings(DESK, filter=filter, slice=ALL)

    assert [summary.id.int for summary in page.items] == expected


async def test_bounds_of_a_list_are_half_open(sql: SqlStorage, views: SqlBookingViews) -> None:
    saved = await five(sql)
    starts_at = next(b for b in saved if b.id.int == 2).agreement.period.starts_at

    from_then = BookingFilter(starts_from=starts_at)
    until_then = BookingFilter(starts_before=starts_at)

    found = await views.bookings(DESK, filter=from_then, slice=ALL)
    assert found.items[0].id.int == 2
    found = await views.bookings(DESK, filter=until_then, slice=ALL)
    assert [summary.id.int for summary in found.items] == [1]


async def test_quotes_and_terms_are_shown_as_they_are_stored(
    sql: SqlStorage, views: SqlBookingViews
) -> None:
    await put_on_sale(sql)

    assert await views.quote(DESK, quote().id) == quote()
    terms = await views.sales_terms(DESK, DOUBLE_ROOMS.id)
    assert terms == attrs.evolve(room_terms(), version=1)


async def test_what_is_missing_is_refused_by_name(views: SqlBookingViews) -> None:
    with pytest.raises(BookingNotFound):
        await views.booking(DESK, BookingId(UUID(int=7)))
    with pytest.raises(QuoteNotFound):
        await views.quote(DESK, QuoteId(UUID(int=7)))
    with pytest.raises(NoSalesTerms):
        await views.sales_terms(DESK, DOUBLE_ROOMS.id)


async def test_nobody_sees_what_others_have(sql: SqlStorage, views: SqlBookingViews) -> None:
    await put_on_sale(sql)
    saved = await sql.work(DESK, lambda work: work.bookings.save(held()))

    with pytest.raises(BookingNotFound):
        await views.booking(OTHER_DESK, saved.id)
    with pytest.raises(QuoteNotFound):
        await views.quote(OTHER_DESK, quote().id)
    with pytest.raises(NoSalesTerms):
        await views.sales_terms(OTHER_DESK, DOUBLE_ROOMS.id)
    everything = await views.bookings(OTHER_DESK, filter=BookingFilter(), slice=ALL)
    assert everything.items == []


async def test_organizations_with_overdue_holds_are_known_to_the_program(sql: SqlStorage) -> None:
    overdue = SqlOverdueHolds(sql.database)
    await five(sql)

    assert await overdue.organizations(now=NOW + QUARTER - timedelta(microseconds=1)) == []
    assert sorted(await overdue.organizations(now=NOW + QUARTER)) == [
        DESK.organization_id,
        OTHER_DESK.organization_id,
    ]


async def test_organizations_with_ended_bookings_are_known_to_the_program(
    sql: SqlStorage,
) -> None:
    ended = SqlEndedBookings(sql.database)
    await five(sql)
    stay = held(hotel(1, 2), id=6).confirm(now=NOW)
    period = stay.agreement.period
    there = stay.check_in(now=period.starts_at)
    await sql.work(DESK, lambda work: work.bookings.save(there))

    assert await ended.organizations(now=period.ends_at - timedelta(microseconds=1)) == []
    assert await ended.organizations(now=period.ends_at) == [DESK.organization_id]
