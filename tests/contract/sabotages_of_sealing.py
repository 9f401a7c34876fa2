"""Keys of personal data kept behind the program's back."""

from uuid import UUID

from adapters.schema.data_keys import data_keys
from adapters.schema.events import event_log
from entrypoints.wiring.ambient import utc_now
from tests.contract.sabotages import DRAWN_LONG_AGO, Saboteur, breaks
from tests.contract.sabotages_of_payments import (
    ANOTHER,
    PRICE,
    forge_journal,
    forge_payment,
    forge_refund,
)

NOBODYS = UUID(int=DRAWN_LONG_AGO.int + 7)


@breaks("keys_have_something_to_open")
def a_key_left_of_somebody_forgotten(saboteur: Saboteur) -> object:
    saboteur.insert(data_keys, id=saboteur.business.confirmed, wrapped="kept")
    return saboteur.business.confirmed


@breaks("keys_have_something_to_open")
def a_key_of_no_booking(saboteur: Saboteur) -> object:
    saboteur.insert(data_keys, id=DRAWN_LONG_AGO, wrapped="kept")
    return DRAWN_LONG_AGO


def _forgotten(saboteur: Saboteur) -> UUID:
    """A booking of which nothing else is known, told a moment ago."""
    saboteur.insert(
        event_log,
        id=DRAWN_LONG_AGO,
        arrival=saboteur.head() + 1,
        name="booking_erased",
        subject=NOBODYS,
        payload={},
        actor_id=saboteur.of,
        occurred_at=utc_now(),
    )
    return NOBODYS


@breaks("payments_of_the_forgotten_are_nobodys")
def a_card_left_of_somebody_forgotten(saboteur: Saboteur) -> object:
    card = {"brand": "visa", "last4": "4242", "country": None}
    details = {"note": "", "receipt_url": None, "check": None, "card": card}
    return forge_payment(saboteur, _forgotten(saboteur), details=details)


@breaks("refunds_of_the_forgotten_are_nobodys")
def a_reason_left_of_somebody_forgotten(saboteur: Saboteur) -> object:
    booking = _forgotten(saboteur)
    forge_payment(saboteur, booking, refunding_minor=PRICE)
    forge_refund(saboteur, booking, "requested", details={"reason": "Ada fell ill"})
    forge_journal(saboteur, booking, "refund_set_aside", "deposits", "refunds", id=ANOTHER)
    return ANOTHER
