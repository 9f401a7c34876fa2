"""Holds by the thousand, put straight into the tables."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, update

from adapters.mapping.kinds import converter
from adapters.schema.bookings import bookings
from adapters.schema.inventory import claims, pools
from domain.bookings.booking import Booking
from tests.contract.storages import SqlStorage
from tests.samples import DESK, held, hotel, night

ORGANIZATION = {"organization_id": DESK.organization_id}


async def hold_many(sql: SqlStorage, number: int, *, first: int = 1) -> None:
    """So many bookings of one room for the first night, numbered from `first`."""
    row, numbers = _row(held(hotel(1, 2))), range(first, first + number)

    def store(connection: Connection) -> None:
        connection.execute(
            insert(bookings),
            [{**row, "id": UUID(int=n), "reference": f"FD{n:08}"} for n in numbers],
        )
        connection.execute(
            insert(claims),
            [
                {**ORGANIZATION, "hold_id": UUID(int=n), "pool_id": night(1), "units": 1}
                for n in numbers
            ],
        )
        ours = pools.c.organization_id == DESK.organization_id
        connection.execute(
            update(pools).where(ours, pools.c.id == night(1)).values(taken=pools.c.taken + number)
        )

    await sql.database.write(store, of=DESK.organization_id)


def _row(booking: Booking) -> dict[str, Any]:
    agreement, total = booking.agreement, booking.agreement.price.total
    return {
        **ORGANIZATION,
        "version": 1,
        "state": booking.state.value,
        "kind": agreement.request.kind,
        "resource_id": agreement.request.resource_id,
        "title": agreement.title,
        "email": agreement.request.contact.email,
        "starts_at": agreement.period.starts_at,
        "ends_at": agreement.period.ends_at,
        "expires_at": booking.expires_at,
        "extendable_until": booking.extendable_until,
        "total_minor": total.minor,
        "currency": total.currency,
        "agreement": converter.unstructure(agreement),
        "cancellation": None,
    }
