"""What was paid for bookings, as paperwork has to know it."""

from collections.abc import Mapping, Sequence

from application.paperwork.ports import Settlements
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId
from domain.paperwork.standing import Settlement


class NoSettlements(Settlements):
    """Payments are not kept here: nobody knows of any."""

    async def of(
        self, actor: Actor, booking_ids: Sequence[BookingId]
    ) -> Mapping[BookingId, Settlement]:
        return {}
