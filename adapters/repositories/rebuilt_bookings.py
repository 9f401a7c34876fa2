"""What figures about bookings are read from, built anew from the event log, in SQL."""

from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.summed_shapes import summed_anew
from adapters.repositories.booking_facts import SqlBookingFacts
from adapters.repositories.summed_books import sum_up_books_anew
from adapters.repositories.sums import sum_up_anew
from adapters.schema.bookings import bookings
from adapters.schema.events import receipts
from adapters.sql.database import Database, already_begun
from adapters.sql.scope import Scope
from application.analytics.booking_facts import CountBookings
from application.kernel.ports import NewId
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId

PAGE = 500


@attrs.frozen(kw_only=True)
class SqlRebuiltBookings:
    """Page by page, and in each transaction alone with its organization's figures: whoever hears
    events holds the same row."""

    database: Database
    new_id: NewId

    async def __call__(self, organization_id: OrganizationId, /) -> int:
        done, after = 0, UUID(int=0)
        while page := await self._page(organization_id, after):
            done, after = done + len(page), page[-1]
        await self.database.write(
            lambda connection: _sum_up(self._scope(connection, organization_id)),
            of=organization_id,
        )
        return done

    async def _page(self, organization_id: OrganizationId, after: UUID) -> Sequence[UUID]:
        def count(connection: Connection) -> Sequence[UUID]:
            scope = self._scope(connection, organization_id)
            _be_alone(scope)
            page = (
                select(bookings.c.id)
                .where(scope.owns(bookings), bookings.c.id > after)
                .order_by(bookings.c.id)
                .limit(PAGE)
            )
            booking_ids = scope.ask(page).scalars().all()
            SqlBookingFacts(scope).renew(booking_ids)
            return booking_ids

        return await self.database.write(count, of=organization_id)

    def _scope(self, connection: Connection, organization_id: OrganizationId) -> Scope:
        return Scope(connection, Actor.system(organization_id), self.new_id, already_begun)


def _be_alone(scope: Scope) -> None:
    ours = (scope.owns(receipts), receipts.c.subscriber == CountBookings.name)
    scope.execute(select(receipts.c.position).where(*ours).with_for_update())


def _sum_up(scope: Scope) -> None:
    _be_alone(scope)
    sum_up_anew(scope, summed_anew())
    sum_up_books_anew(scope)
