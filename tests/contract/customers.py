"""A process full of customers: `python -m tests.contract.customers URL QUOTE ATTEMPTS`."""

import asyncio
import sys
from collections import Counter
from uuid import UUID

from application.bookings.hold_booking import HoldBooking
from application.kernel.ports import UseCase
from application.kernel.refusals import TEMPORARY
from domain.bookings.booking import Booking
from domain.inventory.pools import SoldOut
from domain.kernel.identifiers import QuoteId
from tests.contract.crowds import race, use_cases
from tests.contract.databases import opened
from tests.contract.storages import sql_storage
from tests.samples import DESK

ALLOWED = {Booking, SoldOut}


async def asking_again(hold: UseCase[HoldBooking, Booking], command: HoldBooking) -> Booking:
    """As whoever is told to: on a busy machine one may wait for the others longer than the program
    does, and nothing has been done then.
    """
    while True:
        try:
            return await hold(command)
        except TEMPORARY:
            continue


async def rush(url: str, quote_id: QuoteId, attempts: int) -> Counter[type]:
    """Waits for the signal and then tries to hold as much as it can."""
    async with opened(url) as database:
        await database.check()
        hold = use_cases(sql_storage(database).work).hold
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.readline)
        command = HoldBooking(actor=DESK, quote_id=quote_id)
        outcomes = await race([asking_again(hold, command) for _ in range(attempts)])
    for outcome in outcomes:
        if type(outcome) not in ALLOWED:
            raise AssertionError(repr(outcome))
    return Counter(map(type, outcomes))


def main() -> None:
    url, quote, attempts = sys.argv[1:]
    came = asyncio.run(rush(url, QuoteId(UUID(quote)), int(attempts)))
    sys.stdout.write(f"{came[Booking]} {came[SoldOut]}\n")


if __name__ == "__main__":
    main()
