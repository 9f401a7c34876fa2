"""What we have signed ourselves, to be shown to us again."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Sequence

import attrs


@attrs.frozen(kw_only=True)
class Signer:
    """By HMAC-SHA256, with the first of `secrets`; what any of them has signed is genuine.

    The purpose is signed as well: a signature made for something else is none here.
    """

    purpose: bytes
    secrets: Callable[[], Sequence[bytes]] = attrs.field(repr=False)

    def token(self, said: bytes) -> str:
        signature = self._signature(self.secrets()[0], said)
        return urlsafe_b64encode(said + signature).decode().rstrip("=")

    def read(self, token: str, size: int) -> bytes | None:
        """The `size` bytes that were signed; None if they were not, or not by us."""
        try:
            whole = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (Error, ValueError):
            return None
        said, signature = whole[:size], whole[size:]
        genuine = [
            hmac.compare_digest(signature, self._signature(key, said)) for key in self.secrets()
        ]
        return said if len(said) == size and any(genuine) else None

    def _signature(self, key: bytes, said: bytes) -> bytes:
        return hmac.digest(key, self.purpose + said, "sha256")
