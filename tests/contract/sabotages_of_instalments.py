"""Instalments that nobody asks for any more."""

from copy import deepcopy

from sqlalchemy import select

from adapters.schema.bookings import bookings
from adapters.schema.instalments import instalments
from tests.contract.sabotages import DRAWN_LONG_AGO, LONG_AGO, Saboteur, breaks
from tests.contract.sabotages_of_payments import ANOTHER, forge_journal


@breaks("missing_instalments_are_watched")
def owed_and_forgotten(saboteur: Saboteur) -> object:
    confirmed = saboteur.business.confirmed
    stored = select(bookings.c.agreement).where(bookings.c.id == confirmed)
    agreement = deepcopy(saboteur.connection.execute(stored).scalar_one())
    agreement.setdefault("conditions", {})["deposit"] = {"percent": 30, "hours_before": 48}
    saboteur.update(bookings, bookings.c.id == confirmed, agreement=agreement)
    forge_journal(saboteur, confirmed, "charged", "receivable", "sales", id=ANOTHER)
    return confirmed


@breaks("watched_instalments_are_looked_at")
def watched_by_a_worker_that_sleeps(saboteur: Saboteur) -> object:
    saboteur.insert(
        instalments,
        id=DRAWN_LONG_AGO,
        version=1,
        booking_id=saboteur.business.confirmed,
        stage="late",
        due_at=LONG_AGO,
        next_at=LONG_AGO,
    )
    return DRAWN_LONG_AGO
