"""Views of dispositions in SQL."""

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.dispositions import disposition_of, one_disposition
from adapters.schema.dispositions import dispositions
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.calls.disposition_ports import DispositionViews
from application.kernel.pages import Page, Slice
from domain.calls.dispositions import Disposition, DispositionNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DispositionId


@attrs.frozen
class SqlDispositionViews(DispositionViews):
    database: Database

    async def disposition(self, actor: Actor, disposition_id: DispositionId) -> Disposition:
        def ask(connection: Connection) -> Disposition:
            key = {"p_organization_id": actor.organization_id, "p_id": disposition_id}
            row = connection.execute(one_disposition(), key).one_or_none()
            if row is None:
                raise DispositionNotFound(disposition_id)
            return disposition_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def dispositions(self, actor: Actor, *, slice: Slice) -> Page[Disposition]:
        question = select(dispositions).where(
            dispositions.c.organization_id == actor.organization_id
        )
        keys = (dispositions.c.label, dispositions.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, disposition_of),
            of=actor.organization_id,
        )
