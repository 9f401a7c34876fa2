"""Make a booking of units that were set aside."""

from datetime import datetime

from application.bookings.ports import BookingWork
from application.bookings.taking import take_singles
from domain.bookings.booking import Booking
from domain.inventory.pools import BlockUsedUp
from domain.kernel.identifiers import BlockId


def draw(work: BookingWork, block_id: BlockId, booking: Booking, *, now: datetime) -> None:
    """What is no unit of a resource, such as the use of a discount code, is taken like by anybody.

    Raises BlockNotFound, BlockUsedUp, NotForSale, and what taking raises.
    """
    # The block before its pools, as in every step of blocks: nobody waits in a circle.
    block = work.blocks.locked(block_id)
    claims = booking.agreement.claims
    pools = work.inventory.lock(sorted(claim.pool_id for claim in claims))
    # Units set aside stay so when the resource is cancelled, and must not be sold all the same.
    work.resources.get(booking.agreement.request.resource_id).must_be_for_sale()
    others = [c for c in claims if c.pool_id in pools and pools[c.pool_id].resource_id is None]
    drawn = [claim for claim in claims if claim not in others]
    if not drawn:
        raise BlockUsedUp(())
    work.inventory.transfer(block.hold_id, booking.hold_id, drawn)
    if others:
        work.inventory.take(booking.hold_id, others)
    take_singles(work, [booking])
    work.blocks.save(block.draw(drawn, booking.id, now=now))
