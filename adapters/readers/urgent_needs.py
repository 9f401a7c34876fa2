"""What instructors are told, in SQL."""

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.bookings import booking_of, one_booking
from adapters.mapping.resources import resource_of
from adapters.schema.inventory import resources
from adapters.sql.database import Database
from adapters.sql.vaults import vault_of
from application.bookings.attendance_views import Need, needs_of
from application.notifications.ports import NeedsToTell
from domain.bookings.attendance import ATTENDING
from domain.bookings.booking import Booking
from domain.bookings.training import CourseSession
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId
from domain.notifications.urgent_needs import UrgentNeed, UrgentNeeds


@attrs.frozen
class SqlNeedsToTell(NeedsToTell):
    database: Database

    async def of_booking(self, actor: Actor, booking_id: BookingId) -> UrgentNeeds | None:
        def ask(connection: Connection) -> UrgentNeeds | None:
            key = {"p_organization_id": actor.organization_id, "p_id": booking_id}
            row = connection.execute(one_booking(), key).one_or_none()
            if row is None:
                return None
            booking = booking_of(row, vault_of(connection))
            found = connection.execute(
                select(resources).where(
                    resources.c.organization_id == actor.organization_id,
                    resources.c.id == booking.agreement.request.resource_id,
                )
            )
            return _urgent(booking, resource_of(found.one()), actor)

        return await self.database.read(ask, of=actor.organization_id)


def _urgent(booking: Booking, resource: Resource, actor: Actor) -> UrgentNeeds | None:
    session = resource.offering
    needs = needs_of([booking], actor).needs
    urgent = tuple(_need(need) for need in needs if need.requirement.priority.urgent)
    if not isinstance(session, CourseSession) or session.instructor_email is None:
        return None
    if booking.state not in ATTENDING or not urgent:
        return None
    return UrgentNeeds(
        to=session.instructor_email,
        reference=booking.reference.text,
        title=booking.agreement.title,
        starts_at=booking.starts_at,
        zone=booking.agreement.zone,
        needs=urgent,
    )


def _need(need: Need) -> UrgentNeed:
    return UrgentNeed(
        priority=need.requirement.priority.value,
        category=need.requirement.category.value,
        name=need.name,
        text=None if need.requirement.confidential else need.requirement.text,
    )
