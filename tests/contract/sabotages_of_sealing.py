"""Keys of personal data kept behind the program's back."""

from adapters.schema.data_keys import data_keys
from tests.contract.sabotages import DRAWN_LONG_AGO, Saboteur, breaks


@breaks("keys_have_something_to_open")
def a_key_left_of_somebody_forgotten(saboteur: Saboteur) -> object:
    saboteur.insert(data_keys, id=saboteur.business.confirmed, wrapped="kept")
    return saboteur.business.confirmed


@breaks("keys_have_something_to_open")
def a_key_of_no_booking(saboteur: Saboteur) -> object:
    saboteur.insert(data_keys, id=DRAWN_LONG_AGO, wrapped="kept")
    return DRAWN_LONG_AGO
