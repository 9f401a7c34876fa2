"""Everybody wants the last rooms of the same night at once."""

import anyio

from tests.chaos.customers import line_to
from tests.chaos.hotel import Hotel
from tests.chaos.journal import Journal
from tests.chaos.programs import Site


async def stampede(site: Site, hotel: Hotel, *, clients: int, attempts: int) -> Journal:
    """So many attempts to hold, and each that succeeds is confirmed."""
    journal = Journal()
    async with line_to(site, hotel.token, journal) as line:
        quote = await line.write("/v1/quotes", hotel.stay(hotel.wanted_night))
        waiting = iter(range(attempts))

        async def hurry() -> None:
            for _ in waiting:
                hold = await line.write("/v1/holds", {"quote_id": quote.id})
                if hold.is_done:
                    await line.write(f"/v1/bookings/{hold.id}/confirm")

        async with anyio.create_task_group() as crowd:
            for _ in range(clients):
                crowd.start_soon(hurry)
    return journal
