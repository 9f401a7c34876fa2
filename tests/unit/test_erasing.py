"""Forgetting who it was: nothing personal is left, and nothing else is lost."""

from collections.abc import Iterator
from datetime import date, datetime, timezone
from typing import Any

import attrs
import pytest

from domain.bookings.attendees import Attendee
from domain.bookings.blocks import Block
from domain.bookings.car import CarBookingRequest
from domain.bookings.contacts import NOBODY, Contact
from domain.bookings.customers import Customer, CustomerNotFound, StillServed
from domain.bookings.erasing import erased_agreement, erased_block, erased_booking, erased_entry
from domain.bookings.excursion import ExcursionBookingRequest
from domain.bookings.flight_request import Passenger
from domain.bookings.inquiry import Inquiry
from domain.bookings.life import BookingState
from domain.bookings.requests import BaseBookingRequest
from domain.bookings.special_requirements import RequirementCategory, SpecialRequirement
from domain.bookings.waiting import WaitingEntry
from domain.kernel.claims import Claim, ExclusiveClaim
from domain.kernel.identifiers import BlockId, WaitingId
from domain.kernel.personal import is_personal
from tests.flights import segment
from tests.samples import (
    DOUBLE_ROOMS,
    NOW,
    agreement,
    held,
    hotel,
    night,
    seats_for,
)

SOMEBODY = Contact(
    name="Qanari Sousa",
    email="qanari@example.com",
    phone="+442079460958",
    postcode="SW1A 1AA",
    country="GB",
)
ATTENDEE = Attendee(
    name="Qanari Lovelace",
    email="lovelace@example.com",
    born_on=date(1815, 12, 10),
    prerequisites_met=True,
    special_requirements=(
        SpecialRequirement(category=RequirementCategory.MEDICAL, text="insulin"),
    ),
)
LATER = datetime(2026, 12, 1, 9, tzinfo=timezone.utc)


def by_somebody(request: BaseBookingRequest) -> BaseBookingRequest:
    return attrs.evolve(request, contact=SOMEBODY)


REQUESTS = [
    by_somebody(hotel(0, 2)),
    by_somebody(seats_for(ATTENDEE, attrs.evolve(ATTENDEE, name="Qanari Byron"))),
    by_somebody(segment(Passenger(name="Qanari Noor", person="p-1", seat="1A"))),
    CarBookingRequest(
        resource_id=DOUBLE_ROOMS.id,
        contact=SOMEBODY,
        pick_up_at=NOW,
        return_at=LATER,
        driver_age=34,
    ),
    ExcursionBookingRequest(
        resource_id=DOUBLE_ROOMS.id, contact=SOMEBODY, adults=2, children=(7, 9), language="en"
    ),
]
EACH = pytest.mark.parametrize("request_", REQUESTS, ids=lambda one: one.kind)


def personal(thing: Any) -> Iterator[tuple[str, Any]]:
    """Members that are marked as personal, and what they say, however deep they are."""
    if isinstance(thing, tuple):
        for one in thing:
            yield from personal(one)
    elif attrs.has(type(thing)):
        for field in attrs.fields(type(thing)):
            value = getattr(thing, field.name)
            if is_personal(field) and value not in (None, "", ()):
                yield f"{type(thing).__name__}.{field.name}", value
            yield from personal(value)


@EACH
def test_nothing_personal_is_left(request_: BaseBookingRequest) -> None:
    before = {value for _, value in personal(request_)}
    after = {value for _, value in personal(request_.erased())}

    assert before
    assert not before & after


@EACH
def test_nothing_else_is_lost(request_: BaseBookingRequest) -> None:
    erased = request_.erased()

    assert (erased.kind, erased.resource_id) == (request_.kind, request_.resource_id)
    assert len(erased.participants) == len(request_.participants)
    assert erased.erased() == erased


def test_passengers_keep_their_seats() -> None:
    erased = segment(Passenger(name="Qanari Noor", person="p", seat="1A")).erased()

    assert [(one.name, one.seat, one.person) for one in erased.passengers] == [
        ("Erased 1", "1A", None)
    ]


def test_a_booking_stays_what_it_was() -> None:
    booking = attrs.evolve(
        held(by_somebody(hotel(0, 1))), state=BookingState.COMPLETED, version=3, events=()
    )
    erased = erased_booking(booking, now=NOW)

    assert erased.agreement.request.contact == NOBODY
    assert erased.agreement.price == booking.agreement.price
    assert (erased.state, erased.version) == (booking.state, booking.version)
    assert [event.name for event in erased.events] == ["booking_erased"]


def test_what_is_claimed_stays_claimed_only_as_long_as_it_is() -> None:
    claim = ExclusiveClaim(resource_id=DOUBLE_ROOMS.id, what="attendee", name="digest")
    booking = held(by_somebody(hotel(0, 1)))
    booking = attrs.evolve(booking, agreement=attrs.evolve(booking.agreement, exclusives=(claim,)))
    over = attrs.evolve(booking, state=BookingState.COMPLETED)

    assert erased_booking(booking, now=NOW).agreement.exclusives == (claim,)
    assert erased_booking(over, now=NOW).agreement.exclusives == ()


def test_what_was_said_with_an_inquiry_is_forgotten() -> None:
    said = attrs.evolve(agreement(hotel(0, 1)), inquiry=Inquiry(message="Qanari here"))

    erased = erased_agreement(said)

    assert erased.inquiry == Inquiry()


def entry() -> WaitingEntry:
    return WaitingEntry.join(
        WaitingId(DOUBLE_ROOMS.id),
        by_somebody(hotel(0, 1)),
        (Claim(night(0), 1),),
        stock_id=DOUBLE_ROOMS.id,
        closes_at=LATER,
        now=NOW,
    )


def block() -> Block:
    return Block.open(
        BlockId(DOUBLE_ROOMS.id),
        stock_id=DOUBLE_ROOMS.id,
        resource_id=DOUBLE_ROOMS.id,
        pools=[night(0)],
        units=1,
        contact=SOMEBODY,
        note="Qanari's family",
        release_at=LATER,
        now=NOW,
    )


def test_entries_and_blocks_are_forgotten_too() -> None:
    assert erased_entry(entry(), now=NOW).request.contact == NOBODY
    erased = erased_block(block(), now=NOW)
    assert (erased.contact, erased.note) == (NOBODY, "")


def test_what_keeps_somebody_known() -> None:
    nobody = Customer(bookings=[], waiting=[], blocks=[])
    waiting = Customer(bookings=[], waiting=[entry().withdraw(now=NOW), entry()], blocks=[block()])

    with pytest.raises(CustomerNotFound):
        nobody.must_be_known()
    with pytest.raises(StillServed, match="1 places on waiting lists and 1 blocks"):
        waiting.must_not_be_served()
