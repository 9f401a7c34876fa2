"""What bookings say, promise and keep to."""

from datetime import datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.booking import Booking
from domain.bookings.cancellation import Cancellation
from domain.bookings.events import (
    BookingApproved,
    BookingCancelled,
    BookingHeld,
    BookingRescheduled,
    HoldExtended,
)
from domain.bookings.life import (
    AlreadyStarted,
    AwaitsApproval,
    BookingNotFound,
    BookingState,
    HoldAtItsLongest,
    HoldPurpose,
    HoldTerms,
    NotStarted,
)
from tests.samples import (
    BERT,
    DAY,
    DOUBLE_ROOMS,
    HOLD_TERMS,
    HOUR,
    MINUTE,
    NOW,
    QUARTER,
    SECOND,
    agreement,
    held,
    hotel,
    pounds,
    reference,
)
from tests.unit.steps import (
    CANCELLED,
    CONFIRMED,
    DECLINED,
    HELD,
    IN_PROGRESS,
    IN_STATE,
    LATER,
    NO_SHOW,
    RELEASED,
    approve,
    cancel_by_company,
    change_contact,
    check_in,
    confirm,
    decline,
    requested,
    reschedule,
)


def test_a_hold_says_what_is_held_until_when() -> None:
    booking = held()

    assert booking.events == (
        BookingHeld(
            booking_id=booking.id,
            reference="FD00000011",
            kind="hotel",
            resource_id=DOUBLE_ROOMS.id,
            expires_at=NOW + QUARTER,
            occurred_at=NOW,
        ),
    )
    assert (booking.expires_at, booking.extendable_until) == (NOW + QUARTER, NOW + HOUR)
    assert (booking.version, booking.cancellation) == (0, None)
    assert booking.hold_id == booking.id


def test_a_hold_that_lasts_longer_than_extensions_may_is_not_cut_short() -> None:
    terms = HoldTerms(lasts=HOUR, at_most=QUARTER)
    booking = Booking.hold(held().id, agreement(), reference=reference(), terms=terms, now=NOW)

    assert booking.extendable_until == booking.expires_at == NOW + HOUR


def test_a_hold_nobody_has_expired_is_good() -> None:
    late = held().expires_at + DAY

    assert held().confirm(now=late).state is CONFIRMED
    assert held().release(now=late).state is RELEASED


def test_an_extension_begins_the_hold_anew() -> None:
    extended = held().extend(terms=HOLD_TERMS, now=NOW + 10 * MINUTE)

    assert extended.expires_at == NOW + 25 * MINUTE
    assert extended.extendable_until == NOW + HOUR
    assert extended.events[-1] == HoldExtended(
        booking_id=extended.id,
        resource_id=DOUBLE_ROOMS.id,
        expires_at=NOW + 25 * MINUTE,
        occurred_at=NOW + 10 * MINUTE,
    )


def test_no_extension_goes_beyond_the_longest_hold() -> None:
    extended = held().extend(terms=HOLD_TERMS, now=NOW + 50 * MINUTE)

    assert extended.expires_at == NOW + HOUR
    with pytest.raises(HoldAtItsLongest) as refused:
        extended.extend(terms=HOLD_TERMS, now=NOW + 51 * MINUTE)
    assert refused.value.expires_at == NOW + HOUR
    assert (NOW + HOUR).isoformat() in str(refused.value)


@pytest.mark.parametrize("now", [NOW, NOW - SECOND])
def test_an_extension_that_gains_nothing_is_refused(now: datetime) -> None:
    with pytest.raises(HoldAtItsLongest):
        held().extend(terms=HOLD_TERMS, now=now)


@given(st.lists(st.integers(0, 7200), max_size=12).map(sorted))
def test_extensions_only_ever_gain_time_and_never_pass_the_cap(seconds: list[int]) -> None:
    booking = held()
    for second in seconds:
        now = NOW + timedelta(seconds=second)
        try:
            extended = booking.extend(terms=HOLD_TERMS, now=now)
        except HoldAtItsLongest:
            assert min(now + QUARTER, NOW + HOUR) <= max(booking.expires_at, now)
            continue
        assert booking.expires_at < extended.expires_at <= booking.extendable_until == NOW + HOUR
        booking = extended


def test_cancelling_is_settled_on_the_terms_of_the_purchase() -> None:
    booking = confirm(held())
    starts_at = booking.agreement.period.starts_at

    early, late = (booking.cancel(now=starts_at - notice) for notice in (7 * DAY, 3 * DAY))

    assert early.cancellation == Cancellation(fee=pounds(0), refund=pounds(180))
    assert late.cancellation == Cancellation(fee=pounds(90), refund=pounds(90))
    assert late.events[-1] == BookingCancelled(
        booking_id=booking.id,
        resource_id=DOUBLE_ROOMS.id,
        fee=pounds(90),
        refund=pounds(90),
        occurred_at=starts_at - 3 * DAY,
    )


def test_what_has_started_cannot_be_cancelled() -> None:
    booking = confirm(held())
    starts_at = booking.agreement.period.starts_at

    assert booking.cancel(now=starts_at - SECOND).state is CANCELLED
    for now in (starts_at, starts_at + DAY):
        with pytest.raises(AlreadyStarted, match="has started"):
            booking.cancel(now=now)


@pytest.mark.parametrize("state", [HELD, CONFIRMED])
def test_somebody_else_is_written_to(state: BookingState) -> None:
    before = IN_STATE[state]
    after = change_contact(before)

    assert after.agreement.request.contact == BERT
    assert before.agreement.request.contact != BERT
    assert after.agreement == attrs.evolve(
        before.agreement, request=attrs.evolve(before.agreement.request, contact=BERT)
    )
    assert "Bert" not in repr(after.events)


def test_what_has_happened_is_not_what_a_booking_is() -> None:
    assert attrs.evolve(held(), events=()) == held()
    assert "BookingHeld" not in repr(held())


def test_a_missing_booking_is_named() -> None:
    assert str(BookingNotFound(held().id)) == f"no booking {held().id}"


@pytest.mark.parametrize("late", [timedelta(), HOUR])
def test_a_hold_past_its_cap_is_not_extended_into_the_past(late: timedelta) -> None:
    booking = held()
    with pytest.raises(HoldAtItsLongest):
        booking.extend(terms=HOLD_TERMS, now=booking.extendable_until + late)


def test_a_request_waits_for_approval_and_then_for_payment() -> None:
    with pytest.raises(AwaitsApproval):
        confirm(requested())
    approved = approve(requested())

    assert (approved.state, approved.purpose) == (HELD, HoldPurpose.PAYMENT)
    assert (approved.expires_at, approved.extendable_until) == (LATER + QUARTER, LATER + HOUR)
    assert isinstance(approved.events[-1], BookingApproved)
    assert confirm(approved).state is CONFIRMED
    assert decline(requested()).state is DECLINED


def test_nobody_arrives_long_before_the_start_or_fails_to_before_it() -> None:
    booking = confirm(held())
    starts_at = booking.starts_at

    assert booking.check_in(now=starts_at - Booking.ARRIVES_EARLY).state is IN_PROGRESS
    assert booking.not_shown(now=starts_at).state is NO_SHOW
    with pytest.raises(NotStarted):
        booking.check_in(now=starts_at - Booking.ARRIVES_EARLY - SECOND)
    with pytest.raises(NotStarted):
        booking.not_shown(now=starts_at - SECOND)


def test_the_company_gives_everything_back_however_late_it_is() -> None:
    cancelled = cancel_by_company(check_in(confirm(held())))

    assert cancelled.cancellation == Cancellation(
        fee=pounds(0), refund=pounds(180), by_company=True, reason="storm"
    )
    assert attrs.evolve(cancelled.events[-1], occurred_at=NOW) == BookingCancelled(
        booking_id=cancelled.id,
        resource_id=DOUBLE_ROOMS.id,
        fee=pounds(0),
        refund=pounds(180),
        by_company=True,
        reason="storm",
        occurred_at=NOW,
    )


def test_what_was_promised_about_a_cancellation_is_kept() -> None:
    promised = Cancellation(fee=pounds(1), refund=pounds(179))

    assert confirm(held()).cancel(now=LATER, promised=promised).cancellation == promised


def test_rescheduling_says_what_the_difference_is() -> None:
    longer = reschedule(confirm(held()))
    shorter = longer.reschedule(agreement(hotel(1, 2)), now=LATER)
    first, second = (event for event in shorter.events if isinstance(event, BookingRescheduled))

    assert longer.agreement == agreement(hotel(1, 4))
    assert (first.difference, second.difference) == (pounds(90), pounds(-180))
    assert first.resource_id == first.previous_resource_id == DOUBLE_ROOMS.id
