"""Give units of a block back: whoever waits for them comes first."""

from collections.abc import Sequence

from application.bookings.offers import Offers
from application.bookings.ports import BookingWork
from domain.bookings.blocks import Block


def free(
    work: BookingWork, offers: Offers, before: Sequence[Block], after: Sequence[Block]
) -> None:
    """The blocks as they were and as they are from now on, locked. Raises Stale."""

    def give_back() -> None:
        for old, new in zip(before, after, strict=True):
            if new.left:
                work.inventory.swap(new.hold_id, before=old.left, after=new.left)
        work.inventory.give_back([block.hold_id for block in after if not block.left])

    pools = {claim.pool_id for block in before for claim in block.left}
    offers.around(work, sorted(pools), give_back)
