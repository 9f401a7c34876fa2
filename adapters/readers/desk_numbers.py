"""Views of the telephone numbers of the desk in SQL."""

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.phone_numbers import desk_number_of, one_desk_number
from adapters.schema.phone_numbers import phone_numbers
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.calls.desk_number_ports import DeskNumberViews
from application.kernel.pages import Page, Slice
from domain.calls.desk_numbers import DeskNumber, PhoneNumberNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DeskNumberId


@attrs.frozen
class SqlDeskNumberViews(DeskNumberViews):
    database: Database

    async def desk_number(self, actor: Actor, desk_number_id: DeskNumberId) -> DeskNumber:
        def ask(connection: Connection) -> DeskNumber:
            key = {"p_organization_id": actor.organization_id, "p_id": desk_number_id}
            row = connection.execute(one_desk_number(), key).one_or_none()
            if row is None:
                raise PhoneNumberNotFound(desk_number_id)
            return desk_number_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def desk_numbers(self, actor: Actor, *, slice: Slice) -> Page[DeskNumber]:
        question = select(phone_numbers).where(
            phone_numbers.c.organization_id == actor.organization_id,
            phone_numbers.c.deleted_at.is_(None),
        )
        keys = (phone_numbers.c.number, phone_numbers.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, desk_number_of),
            of=actor.organization_id,
        )
