"""What is signed and sent to an address of somebody who checks the signature."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

import attrs

from adapters.signing.signatures import signature_of
from application.kernel.secrets import Secret


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
    """Whether it was sent and they said that they have it; only then is it not sent again."""
    headers = {
        "Content-Type": "application/json",
        signed.header: signature_of(signed.body, secrets, at=signed.at),
    }
    try:
        status = await post(address, signed.body, headers)
    except OSError:
        return False
    return 200 <= status < 300  # noqa: PLR2004  (the family of successes)
