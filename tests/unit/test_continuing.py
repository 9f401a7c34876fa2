"""What becomes of an inquiry when the customer goes on."""

import attrs
import pytest

from application.bookings.continuations import Continuation, LinkExpired
from domain.bookings.booking import Booking
from domain.bookings.conditions import Conditions
from domain.bookings.continuing import NoInquiry, continued
from domain.bookings.inquiry import BadInquiry, Inquiry
from domain.bookings.life import HoldExpired, HoldPurpose
from domain.kernel.actors import Permission
from tests.samples import DAY, DESK, HOLD_POLICY, HOUR, NOW, QUARTER, held


def inquiry(*, on_request: bool = False) -> Booking:
    asked = held(purpose=HoldPurpose.INQUIRY)
    agreed = attrs.evolve(asked.agreement, conditions=Conditions(on_request=on_request))
    return attrs.evolve(asked, agreement=agreed)


def test_it_waits_for_payment_from_then_on() -> None:
    going_on = continued(inquiry(), policy=HOLD_POLICY, now=NOW + HOUR)

    assert going_on.purpose is HoldPurpose.PAYMENT
    assert going_on.expires_at == NOW + HOUR + QUARTER
    assert going_on.extendable_until == NOW + 2 * HOUR
    assert [event.name for event in going_on.events] == ["booking_held", "booking_continued"]


def test_what_is_sold_on_request_waits_for_approval_first() -> None:
    going_on = continued(inquiry(on_request=True), policy=HOLD_POLICY, now=NOW)

    assert going_on.purpose is HoldPurpose.APPROVAL
    assert going_on.expires_at == NOW + DAY


def test_only_an_inquiry_that_is_held_goes_on() -> None:
    with pytest.raises(NoInquiry):
        continued(held(), policy=HOLD_POLICY, now=NOW)
    with pytest.raises(HoldExpired):
        continued(inquiry().expire(now=NOW), policy=HOLD_POLICY, now=NOW)


def test_a_link_lets_a_customer_do_little_and_not_for_ever() -> None:
    link = Continuation.of(DESK.organization_id, inquiry())

    assert link.customer.organization_id == DESK.organization_id
    assert link.customer.permissions == {Permission.READ_BOOKINGS, Permission.WRITE_BOOKINGS}
    link.must_be_good(now=link.expires_at - HOUR)
    with pytest.raises(LinkExpired):
        link.must_be_good(now=link.expires_at)


def test_a_message_has_its_limit() -> None:
    with pytest.raises(BadInquiry):
        Inquiry(message="x" * 1001)
