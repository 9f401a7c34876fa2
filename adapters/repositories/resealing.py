"""Sealing what is stored already, some rows a transaction."""

from collections.abc import Callable, Sequence
from uuid import UUID

import attrs
from sqlalchemy import Connection, Table, exists, insert, not_, select, update

from adapters.mapping.bookings import booking_of, whole_bookings
from adapters.mapping.sealed_agreements import SEALED, place_of, stored
from adapters.repositories.second_factors import place_of as second_factors_place
from adapters.schema.bookings import bookings
from adapters.schema.data_keys import data_keys
from adapters.schema.people import second_factors
from adapters.sealing.keys import VERSION
from adapters.sql.database import Database
from adapters.sql.vaults import vault_of
from application.kernel.sealing import Resealing
from domain.bookings.contacts import NOBODY
from domain.kernel.identifiers import OrganizationId

Place = Callable[[UUID, UUID], bytes]

WRAPPED: Sequence[tuple[Table, Place]] = (
    (data_keys, place_of),
    (second_factors, second_factors_place),
)
"""What the keys of the program seal themselves."""


@attrs.frozen
class SqlResealing(Resealing):
    database: Database

    async def seal(self, organization_id: OrganizationId, *, limit: int) -> int:
        def seal(connection: Connection) -> int:
            vault = vault_of(connection)
            nobody = vault.indexes(organization_id, NOBODY.email)
            has_key = exists().where(
                data_keys.c.organization_id == bookings.c.organization_id,
                data_keys.c.id == bookings.c.id,
            )
            found = connection.execute(
                whole_bookings()
                .where(
                    bookings.c.organization_id == organization_id,
                    bookings.c.email.not_in(nobody),
                    not_(has_key),
                )
                .order_by(bookings.c.id)
                .limit(limit)
                .with_for_update()
            ).all()
            for row in found:
                booking = booking_of(row, vault)
                place = place_of(organization_id, row.id)
                document, hidden = stored(booking.agreement)
                key = vault.new_data_key(place)
                sealed = vault.seal(key, hidden or b"{}", place)
                email = vault.index(organization_id, booking.agreement.request.contact.email)
                connection.execute(
                    update(bookings)
                    .where(bookings.c.organization_id == organization_id, bookings.c.id == row.id)
                    .values(agreement={**document, SEALED: sealed}, email=email)
                )
                connection.execute(
                    insert(data_keys).values(
                        organization_id=organization_id, id=row.id, wrapped=key
                    )
                )
            return len(found)

        return await self.database.write(seal, of=organization_id)

    async def rewrap(self, organization_id: OrganizationId, *, limit: int) -> int:
        def rewrap(connection: Connection) -> int:
            return sum(
                _rewrap(connection, table, place, organization_id, limit)
                for table, place in WRAPPED
            )

        return await self.database.write(rewrap, of=organization_id)


def _rewrap(
    connection: Connection, table: Table, place: Place, organization_id: OrganizationId, limit: int
) -> int:
    vault = vault_of(connection)
    theirs = table.c.organization_id == organization_id
    current = f"{VERSION}.{vault.current_key_id}."
    found = connection.execute(
        select(table)
        .where(theirs, not_(table.c.wrapped.startswith(current, autoescape=True)))
        .order_by(table.c.id)
        .limit(limit)
    ).all()
    for row in found:
        wrapped = vault.rewrapped(row.wrapped, place(organization_id, row.id))
        connection.execute(
            update(table)
            .where(theirs, table.c.id == row.id, table.c.wrapped == row.wrapped)
            .values(wrapped=wrapped)
        )
    return len(found)
