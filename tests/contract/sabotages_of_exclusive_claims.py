"""What may go wrong with things only one may have, and the promise that it breaks."""

from uuid import UUID

from adapters.schema.inventory import exclusive_claims
from domain.kernel.identifiers import BookingId
from tests.contract.sabotages import Saboteur, breaks


def claim(saboteur: Saboteur, booking_id: BookingId) -> UUID:
    saboteur.insert(
        exclusive_claims,
        resource_id=saboteur.business.desk.resource_id,
        what="seat",
        name="1A",
        hold_id=booking_id,
    )
    return booking_id


@breaks("exclusives_are_claimed")
def have_what_was_not_agreed(saboteur: Saboteur) -> UUID:
    return claim(saboteur, saboteur.business.confirmed)


@breaks("exclusives_are_claimed_by_somebody")
def keep_a_seat_after_cancelling(saboteur: Saboteur) -> UUID:
    return claim(saboteur, saboteur.business.cancelled)
