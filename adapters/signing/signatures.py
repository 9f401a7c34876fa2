"""How a provider signs what it sends: `t=<seconds>,v1=<HMAC-SHA256 of t.body>`, as Stripe does."""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import attrs

from application.kernel.secrets import Secret
from application.payments.gateway import BadSignature, Notifications
from domain.payments.provider import ProviderEvent

TOLERANCE = timedelta(seconds=300)
LONGEST = 4096


def signature_of(body: bytes, secrets: Iterable[Secret], *, at: datetime) -> str:
    """The header; with several secrets, any of them will do to check it."""
    seconds = str(int(at.timestamp()))
    signed = (f"v1={_hash(secret, seconds, body)}" for secret in secrets)
    return ",".join((f"t={seconds}", *signed))


@attrs.frozen(kw_only=True)
class SignedNotifications(Notifications):
    """`secrets` are all that count, the new and the old one while they change.

    `read` may raise ValueError.
    """

    secrets: Callable[[], Iterable[Secret]] = attrs.field(repr=False)
    read: Callable[[bytes], ProviderEvent]

    def event_of(self, body: bytes, signature: str, /, *, now: datetime) -> ProviderEvent:
        seconds, given = _parts(signature)
        if abs(now.timestamp() - int(seconds)) > TOLERANCE.total_seconds():
            raise BadSignature("too old, or of the future")
        # All are compared, however the first fares: time must not tell which secret counts.
        matches = [
            hmac.compare_digest(_hash(secret, seconds, body), one)
            for secret in self.secrets()
            for one in given
        ]
        if not any(matches):
            raise BadSignature("signed by nobody we know")
        return self.read(body)


def _hash(secret: Secret, seconds: str, body: bytes) -> str:
    return hmac.new(
        secret.value.encode(), seconds.encode() + b"." + body, hashlib.sha256
    ).hexdigest()


def _parts(signature: str) -> tuple[str, list[str]]:
    """The time and the signatures of the one scheme that counts. Raises BadSignature."""
    if len(signature) > LONGEST or not signature.isascii():
        raise BadSignature("no signature")
    seconds, given = "", list[str]()
    for part in signature.split(","):
        name, _, value = part.strip().partition("=")
        if name == "t":
            seconds = value
        elif name == "v1":
            given.append(value)
    if not (seconds.isdigit() and len(seconds) <= 12 and given):  # noqa: PLR2004
        raise BadSignature("no signature")
    return seconds, given
