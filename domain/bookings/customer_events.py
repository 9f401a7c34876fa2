"""What was done with everything that is kept on one customer."""

from typing import ClassVar
from uuid import UUID

import attrs

from domain.bookings.block_events import BlockEvent
from domain.bookings.events import BookingEvent
from domain.bookings.waiting_events import WaitingEvent
from domain.kernel.events import SecurityEvent
from domain.kernel.identifiers import PrivacyRequestId


@attrs.frozen(kw_only=True)
class CustomerEvent(SecurityEvent):
    """Says how much there was, and never whose it was."""

    request_id: PrivacyRequestId
    bookings: int
    waiting_entries: int
    blocks: int
    calls: int = 0

    @property
    def subject(self) -> UUID:
        return self.request_id


@attrs.frozen(kw_only=True)
class CustomerExported(CustomerEvent):
    name: ClassVar[str] = "customer_exported"
    papers: int = 0


@attrs.frozen(kw_only=True)
class CustomerErased(CustomerEvent):
    """`even_if_booked` says that somebody insisted though something was still to come."""

    name: ClassVar[str] = "customer_erased"
    even_if_booked: bool


@attrs.frozen(kw_only=True)
class BookingErased(BookingEvent):
    """It is no longer known whose it is; everything else about it stays."""

    name: ClassVar[str] = "booking_erased"


@attrs.frozen(kw_only=True)
class WaitingErased(WaitingEvent):
    name: ClassVar[str] = "waiting_erased"


@attrs.frozen(kw_only=True)
class BlockErased(BlockEvent):
    name: ClassVar[str] = "block_erased"
