"""What there is to tell those who waited for what does not take place, in SQL."""

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.resources import resource_of
from adapters.mapping.waiting import entry_of, one_entry
from adapters.schema.inventory import resources
from adapters.sql.database import Database
from adapters.sql.vaults import vault_of
from application.notifications.ports import CalledOffNotices
from domain.bookings.waiting import WaitingEntry
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.identifiers import WaitingId
from domain.notifications.called_off import CalledOffNotice


@attrs.frozen
class SqlCalledOffNotices(CalledOffNotices):
    database: Database

    async def of_entry(self, actor: Actor, waiting_id: WaitingId) -> CalledOffNotice | None:
        def ask(connection: Connection) -> CalledOffNotice | None:
            key = {"p_organization_id": actor.organization_id, "p_id": waiting_id}
            row = connection.execute(one_entry(), key).one_or_none()
            if row is None or row.called_off is None:
                return None
            found = connection.execute(
                select(resources).where(
                    resources.c.organization_id == actor.organization_id,
                    resources.c.id == row.resource_id,
                )
            )
            entry = entry_of(row, vault_of(connection))
            return _notice(entry, row.called_off, resource_of(found.one()))

        return await self.database.read(ask, of=actor.organization_id)


def _notice(entry: WaitingEntry, reason: str, resource: Resource) -> CalledOffNotice:
    period = resource.offering.takes_place
    return CalledOffNotice(
        title=resource.name,
        starts_at=None if period is None else period.starts_at,
        zone=resource.zone,
        contact_name=entry.request.contact.name,
        contact_email=entry.request.contact.email,
        offered=entry.booking_id is not None,
        reason=reason,
    )
