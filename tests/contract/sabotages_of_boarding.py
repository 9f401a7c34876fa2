"""Boarding numbers changed behind the program's back."""

from adapters.schema.boarding import boarding_numbers
from tests.contract.sabotages import Saboteur, breaks


@breaks("boarding_numbers_are_their_own")
def numbered_without_knowing(saboteur: Saboteur) -> object:
    saboteur.insert(
        boarding_numbers,
        resource_id=saboteur.business.desk.resource_id,
        number=1,
        booking_id=saboteur.business.confirmed,
        passenger=1,
    )
    return saboteur.business.confirmed
