"""What is said between whoever crawls and those who take pages apart.

Not pickled: who has read what strangers wrote is not to be trusted with more than words.
"""

import attrs
import msgspec

from domain.documentation.kinds import SiteKind
from domain.documentation.pages import ReadPage

LENGTH = 4
"""Bytes before each frame that say how long it is."""


@attrs.frozen
class Asked:
    """Without a kind it is a file that names pages."""

    kind: SiteKind | None
    url: str
    content_type: str
    body: bytes


@attrs.frozen
class Understood:
    """Without a page, `reason` is why there is none."""

    page: ReadPage | None = None
    reason: str = ""


def framed(said: Asked | Understood) -> bytes:
    told = msgspec.msgpack.encode(said)
    return len(told).to_bytes(LENGTH, "big") + told


def asked_in(frame: bytes) -> Asked:
    return msgspec.msgpack.decode(frame, type=Asked)


def understood_in(frame: bytes) -> Understood:
    return msgspec.msgpack.decode(frame, type=Understood)
