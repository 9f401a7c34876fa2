"""How bookings stand with their money, in SQL."""

import attrs
from sqlalchemy import Connection

from adapters.mapping.bookings import booking_of, one_booking
from adapters.mapping.ledger import books_of
from adapters.sql.database import Database
from adapters.sql.vaults import vault_of
from application.bookings.money_views import MoneyOfBooking, MoneyViews
from application.kernel.ports import Clock
from domain.bookings.life import BookingNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId


@attrs.frozen(kw_only=True)
class SqlMoneyViews(MoneyViews):
    database: Database
    clock: Clock

    async def money_of(self, actor: Actor, booking_id: BookingId) -> MoneyOfBooking:
        def ask(connection: Connection) -> MoneyOfBooking:
            key = {"p_organization_id": actor.organization_id, "p_id": booking_id}
            row = connection.execute(one_booking(), key).one_or_none()
            if row is None:
                raise BookingNotFound(booking_id)
            booking = booking_of(row, vault_of(connection))
            currency = booking.agreement.price.total.currency
            books = books_of(connection.execute, actor.organization_id, booking_id, currency)
            return MoneyOfBooking.of(booking, books, now=self.clock())

        return await self.database.read(ask, of=actor.organization_id)
