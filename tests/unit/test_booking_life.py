"""What becomes of a booking, step by step, from every state."""

import pytest

from domain.bookings.events import (
    BookingCancelled,
    BookingChanged,
    BookingCheckedIn,
    BookingCompleted,
    BookingConfirmed,
    BookingEvent,
    BookingExpired,
    BookingNotShown,
    BookingReleased,
    BookingRescheduled,
    HoldExtended,
)
from domain.bookings.life import (
    BookingState,
    HoldExpired,
    NoLongerOpen,
    NotConfirmed,
    NotHeld,
    NothingToApprove,
    NotInProgress,
)
from domain.kernel.refusals import Refusal
from tests.samples import (
    held,
)
from tests.unit.steps import (
    CANCELLED,
    COMPLETED,
    CONFIRMED,
    EXPIRED,
    HELD,
    IN_PROGRESS,
    IN_STATE,
    LATER,
    NO_SHOW,
    RELEASED,
    Step,
    approve,
    cancel,
    cancel_by_company,
    change_contact,
    check_in,
    complete,
    confirm,
    decline,
    expire,
    extend,
    not_shown,
    release,
    reschedule,
)

OF_HOLDS = (confirm, release, expire, extend, approve, decline)
OF_CONFIRMED = (cancel, check_in, not_shown)
OF_CUSTOMERS_THERE = (cancel_by_company, reschedule)

ALLOWED = {
    (HELD, confirm): (CONFIRMED, BookingConfirmed),
    (HELD, release): (RELEASED, BookingReleased),
    (HELD, expire): (EXPIRED, BookingExpired),
    (HELD, extend): (HELD, HoldExtended),
    (HELD, change_contact): (HELD, BookingChanged),
    (CONFIRMED, cancel): (CANCELLED, BookingCancelled),
    (CONFIRMED, cancel_by_company): (CANCELLED, BookingCancelled),
    (CONFIRMED, reschedule): (CONFIRMED, BookingRescheduled),
    (CONFIRMED, change_contact): (CONFIRMED, BookingChanged),
    (CONFIRMED, check_in): (IN_PROGRESS, BookingCheckedIn),
    (CONFIRMED, not_shown): (NO_SHOW, BookingNotShown),
    (IN_PROGRESS, complete): (COMPLETED, BookingCompleted),
    (IN_PROGRESS, cancel_by_company): (CANCELLED, BookingCancelled),
    (IN_PROGRESS, reschedule): (IN_PROGRESS, BookingRescheduled),
}
REFUSED = {
    **{(EXPIRED, step): HoldExpired for step in OF_HOLDS},
    **{
        (state, step): NotHeld
        for state in BookingState
        if state not in (HELD, EXPIRED)
        for step in OF_HOLDS
    },
    **{(HELD, step): NothingToApprove for step in (approve, decline)},
    **{
        (state, step): NotConfirmed
        for state in BookingState
        if state is not CONFIRMED
        for step in OF_CONFIRMED
    },
    **{
        (state, step): NotConfirmed
        for state in BookingState
        if state not in (CONFIRMED, IN_PROGRESS)
        for step in OF_CUSTOMERS_THERE
    },
    **{(state, complete): NotInProgress for state in BookingState if state is not IN_PROGRESS},
    **{
        (state, change_contact): NoLongerOpen
        for state in BookingState
        if state not in (HELD, CONFIRMED)
    },
}


def test_every_step_from_every_state_is_decided() -> None:
    steps = (*OF_HOLDS, *OF_CONFIRMED, *OF_CUSTOMERS_THERE, complete, change_contact)

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
    assert state.value in str(refused.value) or refusal is NothingToApprove
