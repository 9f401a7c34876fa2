"""Forgetting who it was, and nothing else."""

from datetime import datetime

import attrs

from domain.bookings.agreement import Agreement
from domain.bookings.blocks import Block
from domain.bookings.booking import Booking
from domain.bookings.contacts import NOBODY
from domain.bookings.customer_events import BlockErased, BookingErased, WaitingErased
from domain.bookings.life import OPEN
from domain.bookings.waiting import WaitingEntry


def erased_booking(booking: Booking, *, now: datetime) -> Booking:
    event = BookingErased(
        booking_id=booking.id,
        resource_id=booking.agreement.request.resource_id,
        occurred_at=now,
    )
    agreement = erased_agreement(booking.agreement)
    if booking.state not in OPEN:
        # Nothing is claimed any longer; while something is, each claim stands for a row.
        agreement = attrs.evolve(agreement, exclusives=())
    return attrs.evolve(booking, agreement=agreement, events=(*booking.events, event))


def erased_entry(entry: WaitingEntry, *, now: datetime) -> WaitingEntry:
    event = WaitingErased(
        waiting_id=entry.id, resource_id=entry.request.resource_id, occurred_at=now
    )
    return attrs.evolve(entry, request=entry.request.erased(), events=(*entry.events, event))


def erased_block(block: Block, *, now: datetime) -> Block:
    event = BlockErased(block_id=block.id, resource_id=block.resource_id, occurred_at=now)
    return attrs.evolve(block, contact=NOBODY, note="", events=(*block.events, event))


def erased_agreement(agreement: Agreement) -> Agreement:
    """Consent stays: it is evidence, and says nothing about whose it was."""
    inquiry = agreement.inquiry and attrs.evolve(agreement.inquiry, message="")
    return attrs.evolve(agreement, request=agreement.request.erased(), inquiry=inquiry)
