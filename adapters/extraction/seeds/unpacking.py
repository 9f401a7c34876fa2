"""Unpacking what strangers have packed, up to a bound."""

import zlib

from application.documentation.ports import Unreadable

GZIP = 16 + zlib.MAX_WBITS
MOST_BYTES = 52_428_800
"""As sitemaps.org has it."""


def unpacked(packed: bytes, *, wbits: int = zlib.MAX_WBITS) -> bytes:
    """Raises Unreadable, also if there is too much in it."""
    unpacking = zlib.decompressobj(wbits)
    try:
        body = unpacking.decompress(packed, MOST_BYTES + 1)
    except zlib.error:
        raise Unreadable("It is packed in no way that is known.") from None
    if len(body) > MOST_BYTES:
        raise Unreadable("There is too much in it.")
    if not unpacking.eof:
        raise Unreadable("Its end is missing.")
    return body
