"""`ContinuationLinks` by HMAC-SHA256."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Sequence
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
    """Signed with the first of `secrets`; what any of them has signed opens.

    The purpose is signed as well: a signature made for something else opens nothing here.
    """

    page: str | None
    secrets: Callable[[], Sequence[bytes]] = attrs.field(repr=False)

    def must_be_set_up(self) -> None:
        self._keys()

    def token(self, continuation: Continuation) -> str:
        said = b"".join(
            (
                continuation.organization_id.bytes,
                continuation.booking_id.bytes,
                int(continuation.expires_at.timestamp()).to_bytes(8, "big"),
            )
        )
        signature = _signature(self._keys()[0], said)
        return urlsafe_b64encode(said + signature).decode().rstrip("=")

    def url(self, token: str) -> str | None:
        """Behind a `#`, which browsers keep to themselves."""
        return None if self.page is None else f"{self.page}#inquiry={token}"

    def read(self, token: str) -> Continuation:
        try:
            whole = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (Error, ValueError):
            raise NoSuchLink from None
        said, signature = whole[:SIGNED], whole[SIGNED:]
        genuine = [hmac.compare_digest(signature, _signature(key, said)) for key in self._keys()]
        if len(whole) != WHOLE or not any(genuine):
            raise NoSuchLink
        return Continuation(
            organization_id=OrganizationId(UUID(bytes=said[:16])),
            booking_id=BookingId(UUID(bytes=said[16:32])),
            expires_at=datetime.fromtimestamp(int.from_bytes(said[32:], "big"), timezone.utc),
        )

    def _keys(self) -> Sequence[bytes]:
        keys = self.secrets()
        if not keys:
            raise LinksNotSetUp
        return keys


def _signature(key: bytes, said: bytes) -> bytes:
    return hmac.digest(key, PURPOSE + said, "sha256")
