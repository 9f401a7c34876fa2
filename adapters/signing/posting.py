"""What is signed and sent to an address of somebody who checks the signature."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

import attrs

from adapters.signing.signatures import signature_of
from application.kernel.secrets import Secret

logger = logging.getLogger(__name__)


class Post(Protocol):
    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str], /) -> int:
        """The status of the answer. Raises OSError if there is none."""
        ...


@attrs.frozen(kw_only=True)
class Signed:
    """JSON, and the `header` its signature of a moment stands in."""

    body: bytes
    header: str
    at: datetime


async def is_taken(signed: Signed, secrets: Iterable[Secret], *, post: Post, address: str) -> bool:
    """Whether it was sent and they said that they have it; only then is it not sent again.

    If not, the log says where it went: it may be a wrong address.
    """
    headers = {
        "Content-Type": "application/json",
        signed.header: signature_of(signed.body, secrets, at=signed.at),
    }
    try:
        status = await post(address, signed.body, headers)
    except OSError as error:
        logger.warning("nobody answers at %s: %s", _origin(address), type(error).__name__)
        return False
    if 200 <= status < 300:  # noqa: PLR2004  (the family of successes)
        return True
    logger.warning("what was posted to %s was not taken: %d", _origin(address), status)
    return False


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
