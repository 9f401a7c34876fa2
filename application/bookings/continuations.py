"""Links with which customers go on with an inquiry, without a key of their own."""

from datetime import datetime
from typing import ClassVar, Protocol
from uuid import UUID

import attrs

from domain.bookings.booking import Booking
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ActorId, BookingId, OrganizationId
from domain.kernel.refusals import Conflict, NotFound


@attrs.frozen
class LinksNotSetUp(Conflict):
    """Several processes can only believe each other's links if they share a secret."""

    code: ClassVar[str] = "links_not_set_up"

    def __str__(self) -> str:
        return "inquiries need a secret for their links: set FRONTDESK_LINK_SECRET"


@attrs.frozen
class NoSuchLink(NotFound):
    """Not one of ours, or changed on its way. What it was is not repeated."""

    code: ClassVar[str] = "no_such_link"

    def __str__(self) -> str:
        return "this link is not valid"


@attrs.frozen
class LinkExpired(Conflict):
    code: ClassVar[str] = "link_expired"
    expired_at: datetime

    def __str__(self) -> str:
        return f"the link was good until {self.expired_at.isoformat()}"


@attrs.frozen(kw_only=True)
class Continuation:
    """Whose booking a link is about. Whoever has the link is the customer of that booking."""

    organization_id: OrganizationId
    booking_id: BookingId
    expires_at: datetime

    @classmethod
    def of(cls, organization_id: OrganizationId, booking: Booking) -> "Continuation":
        """Good as long as the hold lasts that the booking has now."""
        return cls(
            organization_id=organization_id, booking_id=booking.id, expires_at=booking.expires_at
        )

    @property
    def customer(self) -> Actor:
        return Actor(
            organization_id=self.organization_id,
            id=ActorId(UUID(bytes=self.booking_id.bytes)),
            permissions=frozenset({Permission.READ_BOOKINGS, Permission.WRITE_BOOKINGS}),
        )

    def must_be_good(self, *, now: datetime) -> None:
        """Raises LinkExpired."""
        if now >= self.expires_at:
            raise LinkExpired(self.expires_at)


class ContinuationLinks(Protocol):
    def token(self, continuation: Continuation) -> str:
        """Nobody else can make one. Raises LinksNotSetUp."""
        ...

    def url(self, token: str) -> str | None:
        """Where customers go on with it; None if there is no page for that."""
        ...

    def read(self, token: str) -> Continuation:
        """Raises NoSuchLink and LinksNotSetUp."""
        ...
