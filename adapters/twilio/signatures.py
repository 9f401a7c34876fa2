"""Whether it was Twilio who sent this.

There is no time in what Twilio signs: whoever has overheard a message may send it again. So what
is said in it must do no harm when it is heard twice.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain
from urllib.parse import parse_qs, urlparse

import attrs

from application.kernel.secrets import Secret

HEADER = "X-Twilio-Signature"
SETTINGS_HEADER = "X-Twilio-Webhooks-Signature-Settings"
SHA1 = "HMAC_SHA1"
DIGESTS = {SHA1: "sha1", "HMAC_SHA256": "sha256"}
BODY_HASH = "bodySHA256"
ADDRESSES_REMEMBERED = 256
LONGEST = 200
HTTPS_PORT, HTTP_PORT = 443, 80

Pairs = Iterable[tuple[str, str]]


@attrs.frozen
class Signed:
    """`url` as Twilio was told it; `settings` is what names the algorithm, if anything does."""

    url: str
    signature: str = attrs.field(repr=False)
    settings: str = ""


@attrs.frozen
class Signatures:
    """`secrets` are all that count, the new and the old one while they change."""

    secrets: Callable[[], Iterable[Secret]] = attrs.field(repr=False)

    def of_form(self, signed: Signed, pairs: Pairs, /) -> bool:
        """Every name with each of its values, in order, and whatever is given twice once."""
        return self._is_one_of(signed, "".join(chain.from_iterable(sorted(set(pairs)))))

    def of_body(self, signed: Signed, body: bytes, /) -> bool:
        """Of anything but a form, a hash in the address is all that is signed."""
        given = _body_hash(signed.url)
        if not hmac.compare_digest(hashlib.sha256(body).hexdigest().encode(), given):
            return False
        return self._is_one_of(signed, "")

    def _is_one_of(self, signed: Signed, rest: str) -> bool:
        digest = DIGESTS.get(algorithm_in(signed.settings).upper())
        if digest is None or len(signed.signature) > LONGEST:
            return False
        try:
            given = signed.signature.encode()
            spelled = [(address + rest).encode() for address in spellings(signed.url)]
        except ValueError:
            return False
        # All are compared, however the first fares: time must not tell which secret counts.
        matches = [
            hmac.compare_digest(_signature(secret, message, digest), given)
            for secret in self.secrets()
            for message in spelled
        ]
        return any(matches)


def algorithm_in(settings: str) -> str:
    for part in settings.split(","):
        name, _, value = part.partition("=")
        if name.strip() == "algorithm" and value.strip():
            return value.strip()
    return SHA1


@lru_cache(ADDRESSES_REMEMBERED)
def spellings(url: str) -> tuple[str, str]:
    """Without and with a port: Twilio signs now one and now the other. Raises ValueError."""
    parts = urlparse(url)
    if parts.port:
        bare = parts._replace(netloc=parts.netloc.split(":")[0])
        return bare.geturl(), parts.geturl()
    port = HTTPS_PORT if parts.scheme == "https" else HTTP_PORT
    return parts.geturl(), parts._replace(netloc=f"{parts.netloc}:{port}").geturl()


def _body_hash(url: str) -> bytes:
    """Empty if there is none, which is nothing's hash."""
    try:
        return parse_qs(urlparse(url).query).get(BODY_HASH, [""])[0].encode()
    except ValueError:
        return b""


def _signature(secret: Secret, message: bytes, digest: str) -> bytes:
    return base64.b64encode(hmac.digest(secret.value.encode(), message, digest))
