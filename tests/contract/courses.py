"""A course with seats, on sale."""

from domain.bookings.cancellation import USUAL_TERMS
from domain.bookings.sales_terms import SalesTerms
from tests.contract.storages import Storage, Work
from tests.samples import DESK, FIRST_AID, SEAT_RATES, seats


async def course(storage: Storage, capacity: int = 20) -> None:
    def open_all(work: Work) -> None:
        work.resources.save(FIRST_AID)
        work.sales_terms.save(
            SalesTerms(resource_id=FIRST_AID.id, rates=SEAT_RATES, cancellation=USUAL_TERMS)
        )
        work.inventory.open([seats(capacity=capacity)])

    await storage.work(DESK, open_all)
