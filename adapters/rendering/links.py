"""`ContinuationLinks` by HMAC-SHA256."""

from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from uuid import UUID

import attrs

from adapters.signing.tokens import Signer
from application.bookings.continuations import (
    Continuation,
    ContinuationLinks,
    LinksNotSetUp,
    NoSuchLink,
)
from domain.kernel.identifiers import BookingId, OrganizationId

PURPOSE = b"frontdesk continuation 1\0"
SIGNED = 16 + 16 + 8


@attrs.frozen(kw_only=True)
class SignedLinks(ContinuationLinks):
    """Signed with the first of `secrets`; what any of them has signed opens."""

    page: str | None
    secrets: Callable[[], Sequence[bytes]] = attrs.field(repr=False)

    def token(self, continuation: Continuation) -> str:
        said = b"".join(
            (
                continuation.organization_id.bytes,
                continuation.booking_id.bytes,
                int(continuation.expires_at.timestamp()).to_bytes(8, "big"),
            )
        )
        return self._signer().token(said)

    def url(self, token: str) -> str | None:
        """Behind a `#`, which browsers keep to themselves."""
        return None if self.page is None else f"{self.page}#inquiry={token}"

    def read(self, token: str) -> Continuation:
        said = self._signer().read(token, SIGNED)
        if said is None:
            raise NoSuchLink
        return Continuation(
            organization_id=OrganizationId(UUID(bytes=said[:16])),
            booking_id=BookingId(UUID(bytes=said[16:32])),
            expires_at=datetime.fromtimestamp(int.from_bytes(said[32:], "big"), timezone.utc),
        )

    def _signer(self) -> Signer:
        if not self.secrets():
            raise LinksNotSetUp
        return Signer(purpose=PURPOSE, secrets=self.secrets)
