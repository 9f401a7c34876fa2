"""What becomes of a booking, step by step, from every state."""

from collections.abc import Callable
from datetime import datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.booking import (
    AlreadyStarted,
    Booking,
    BookingNotFound,
    BookingState,
    HoldAtItsLongest,
    HoldExpired,
    HoldTerms,
    NoLongerOpen,
    NotConfirmed,
    NotHeld,
)
from domain.bookings.cancellation import Cancellation
from domain.bookings.events import (
    BookingCancelled,
    BookingChanged,
    BookingConfirmed,
    BookingEvent,
    BookingExpired,
    BookingHeld,
    BookingReleased,
    HoldExtended,
)
from domain.kernel.refusals import Refusal
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
    pounds,
    reference,
)

Step = Callable[[Booking], Booking]

LATER = NOW + 5 * MINUTE


def confirm(booking: Booking) -> Booking:
    return booking.confirm(now=LATER)


def release(booking: Booking) -> Booking:
    return booking.release(now=LATER)


def expire(booking: Booking) -> Booking:
    return booking.expire(now=LATER)


def extend(booking: Booking) -> Booking:
    return booking.extend(terms=HOLD_TERMS, now=LATER)


def cancel(booking: Booking) -> Booking:
    return booking.cancel(now=LATER)


def change_contact(booking: Booking) -> Booking:
    return booking.change_contact(BERT, now=LATER)


IN_STATE = {
    BookingState.HELD: held(),
    BookingState.CONFIRMED: confirm(held()),
    BookingState.RELEASED: release(held()),
    BookingState.EXPIRED: expire(held()),
    BookingState.CANCELLED: cancel(confirm(held())),
}
HELD, CONFIRMED, RELEASED, EXPIRED, CANCELLED = BookingState

ALLOWED = {
    (HELD, confirm): (CONFIRMED, BookingConfirmed),
    (HELD, release): (RELEASED, BookingReleased),
    (HELD, expire): (EXPIRED, BookingExpired),
    (HELD, extend): (HELD, HoldExtended),
    (HELD, change_contact): (HELD, BookingChanged),
    (CONFIRMED, cancel): (CANCELLED, BookingCancelled),
    (CONFIRMED, change_contact): (CONFIRMED, BookingChanged),
}
REFUSED = {
    **{(EXPIRED, step): HoldExpired for step in (confirm, release, expire, extend)},
    **{
        (state, step): NotHeld
        for state in (CONFIRMED, RELEASED, CANCELLED)
        for step in (confirm, release, expire, extend)
    },
    **{(state, cancel): NotConfirmed for state in BookingState if state is not CONFIRMED},
    **{(state, change_contact): NoLongerOpen for state in (RELEASED, EXPIRED, CANCELLED)},
}


def test_every_step_from_every_state_is_decided() -> None:
    steps = (confirm, release, expire, extend, cancel, change_contact)

    assert ALLOWED.keys() | REFUSED.keys() == {(s, step) for s in BookingState for step in steps}
    assert not ALLOWED.keys() & REFUSED.keys()


@pytest.mark.parametrize(("begin", "end"), ALLOWED.items())
def test_a_step_leads_on_and_says_so(
    begin: tuple[BookingState, Step], end: tuple[BookingState, type[BookingEvent]]
) -> None:
    state, step = begin
    before = IN_STATE[state]
    after = step(before)
    next_state, fact = end

    assert after.state is next_state
    *earlier, last = after.events
    assert tuple(earlier) == before.events
    assert type(last) is fact
    assert last.occurred_at == LATER
    assert last.subject == before.id
    assert (after.id, after.reference, after.version) == (before.id, before.reference, 0)
    assert before == IN_STATE[state]


@pytest.mark.parametrize(("begin", "refusal"), REFUSED.items())
def test_other_steps_are_refused(begin: tuple[BookingState, Step], refusal: type[Refusal]) -> None:
    state, step = begin
    with pytest.raises(refusal) as refused:
        step(IN_STATE[state])

    assert str(held().id) in str(refused.value)
    assert state.value in str(refused.value)


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
        booking_id=extended.id, expires_at=NOW + 25 * MINUTE, occurred_at=NOW + 10 * MINUTE
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
        booking_id=booking.id, fee=pounds(90), refund=pounds(90), occurred_at=starts_at - 3 * DAY
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
