"""What keeps somebody from being forgotten."""

from collections.abc import Sequence
from typing import ClassVar

import attrs

from domain.bookings.blocks import Block, BlockState
from domain.bookings.booking import Booking
from domain.bookings.waiting import WaitingEntry, WaitingState
from domain.kernel.refusals import Conflict, NotFound


@attrs.frozen
class CustomerNotFound(NotFound):
    code: ClassVar[str] = "customer_not_found"

    def __str__(self) -> str:
        return "nothing is kept on anybody with this e-mail address"


@attrs.frozen
class StillBooked(Conflict):
    """Somebody who is expected has to be known."""

    code: ClassVar[str] = "still_booked"
    bookings: int

    def __str__(self) -> str:
        return f"{self.bookings} bookings are still to come: cancel them before"


@attrs.frozen
class StillServed(Conflict):
    code: ClassVar[str] = "still_served"
    waiting_entries: int
    blocks: int

    def __str__(self) -> str:
        return (
            f"{self.waiting_entries} places on waiting lists and {self.blocks} blocks are theirs:"
            " withdraw and release them before"
        )


@attrs.frozen(kw_only=True)
class Customer:
    """Everything under one e-mail address."""

    bookings: Sequence[Booking]
    waiting: Sequence[WaitingEntry]
    blocks: Sequence[Block]

    @property
    def numbers(self) -> Sequence[str]:
        """Under which they call."""
        contacts = [
            *(booking.agreement.request.contact for booking in self.bookings),
            *(entry.request.contact for entry in self.waiting),
            *(block.contact for block in self.blocks),
        ]
        return sorted({contact.phone for contact in contacts if contact.phone is not None})

    def must_be_known(self) -> None:
        """Raises CustomerNotFound."""
        if not (self.bookings or self.waiting or self.blocks):
            raise CustomerNotFound

    def must_not_be_served(self) -> None:
        """Raises StillServed."""
        live = (WaitingState.WAITING, WaitingState.OFFERED)
        waiting = [entry for entry in self.waiting if entry.state in live]
        blocks = [block for block in self.blocks if block.state is BlockState.OPEN]
        if waiting or blocks:
            raise StillServed(len(waiting), len(blocks))
