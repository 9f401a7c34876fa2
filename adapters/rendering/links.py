"""`ContinuationLinks` by HMAC-SHA256."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable
from datetime import datetime, timezone
from hashlib import sha256
from uuid import UUID

import attrs

from application.bookings.continuations import (
    Continuation,
    ContinuationLinks,
    LinksNotSetUp,
    NoSuchLink,
)
from domain.kernel.identifiers import BookingId, OrganizationId

PURPOSE = b"frontdesk continuation 1\0"
SIGNED = 16 + 16 + 8
WHOLE = SIGNED + sha256().digest_size


@attrs.frozen(kw_only=True)
class SignedLinks(ContinuationLinks):
    """`secret` gives None while there is none. The purpose is signed as well: a signature made
    for something else opens nothing here.
    """

    public_url: str
    secret: Callable[[], bytes | None] = attrs.field(repr=False)

    def must_be_set_up(self) -> None:
        self._key()

    def url(self, continuation: Continuation) -> str:
        said = b"".join(
            (
                continuation.organization_id.bytes,
                continuation.booking_id.bytes,
                int(continuation.expires_at.timestamp()).to_bytes(8, "big"),
            )
        )
        token = urlsafe_b64encode(said + self._signature(said)).decode().rstrip("=")
        return f"{self.public_url.rstrip('/')}/v1/continuations/{token}"

    def read(self, token: str) -> Continuation:
        try:
            whole = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (Error, ValueError):
            raise NoSuchLink from None
        said, signature = whole[:SIGNED], whole[SIGNED:]
        if len(whole) != WHOLE or not hmac.compare_digest(signature, self._signature(said)):
            raise NoSuchLink
        return Continuation(
            organization_id=OrganizationId(UUID(bytes=said[:16])),
            booking_id=BookingId(UUID(bytes=said[16:32])),
            expires_at=datetime.fromtimestamp(int.from_bytes(said[32:], "big"), timezone.utc),
        )

    def _signature(self, said: bytes) -> bytes:
        return hmac.digest(self._key(), PURPOSE + said, "sha256")

    def _key(self) -> bytes:
        key = self.secret()
        if key is None:
            raise LinksNotSetUp
        return key
