"""What there is to tell customers, in SQL."""

import attrs
from sqlalchemy import Connection

from adapters.mapping.bookings import booking_of, one_booking
from adapters.sql.database import Database
from adapters.sql.vaults import vault_of
from application.bookings.continuations import Continuation, ContinuationLinks
from application.notifications.ports import Notices
from domain.bookings.booking import Booking
from domain.bookings.contacts import NOBODY
from domain.bookings.life import BookingState, HoldPurpose
from domain.bookings.price import PriceLine
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId
from domain.notifications.notices import BookingNotice, NothingToTell, NoticeLine, NoticeTax


@attrs.frozen(kw_only=True)
class SqlNotices(Notices):
    database: Database
    links: ContinuationLinks

    async def of_booking(self, actor: Actor, booking_id: BookingId) -> BookingNotice:
        def ask(connection: Connection) -> BookingNotice:
            key = {"p_organization_id": actor.organization_id, "p_id": booking_id}
            row = connection.execute(one_booking(), key).one_or_none()
            if row is None:
                raise NothingToTell(booking_id)
            booking = booking_of(row, vault_of(connection))
            return _notice(booking, self._link(actor, booking))

        return await self.database.read(ask, of=actor.organization_id)

    def _link(self, actor: Actor, booking: Booking) -> str | None:
        if booking.state is BookingState.HELD and booking.purpose is HoldPurpose.INQUIRY:
            token = self.links.token(Continuation.of(actor.organization_id, booking))
            return self.links.url(token) or token
        return None


def _notice(booking: Booking, link: str | None) -> BookingNotice:
    agreement, split = booking.agreement, booking.cancellation
    return BookingNotice(
        booking_id=booking.id,
        reference=booking.reference.text,
        version=booking.version,
        state=booking.state.value,
        title=agreement.title,
        starts_at=agreement.period.starts_at,
        ends_at=agreement.period.ends_at,
        zone=agreement.zone,
        contact_name=agreement.request.contact.name,
        contact_email=agreement.request.contact.email,
        forgotten=agreement.request.contact == NOBODY,
        lines=tuple(map(_line, agreement.price.lines)),
        total=agreement.price.total,
        contained=tuple(
            NoticeTax(name=tax.name, amount=tax.amount) for tax in agreement.price.contained
        ),
        fee=split.fee if split else None,
        refund=split.refund if split else None,
        expires_at=booking.expires_at if booking.state is BookingState.HELD else None,
        continuation=link,
        cancelled_by_company=split.by_company if split else False,
        reason=split.reason if split else "",
    )


def _line(line: PriceLine) -> NoticeLine:
    return NoticeLine(
        label=line.label,
        kind=line.kind.value,
        day=line.day,
        units=line.units,
        amount=line.amount,
    )
