"""What clients say."""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

EVERYTHING = "*"
ALL_CALLS = "calls"
OWN_NOTICES = "notices"
OF_CALL = "calls/"
MOST_ROOMS_AT_ONCE = 100

Room = Annotated[
    str,
    Meta(
        pattern=r"^(\*|calls|notices|(calls/)?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$",
        max_length=42,
    ),
]
Rooms = Annotated[list[Room], Meta(min_length=1, max_length=MOST_ROOMS_AT_ONCE)]
Ref = Annotated[str, Meta(max_length=64)]


class Asking(
    Struct, frozen=True, kw_only=True, tag_field="type", forbid_unknown_fields=True, tag=True
):
    """`ref` comes back with the answer."""

    ref: Ref | None = None


class Subscribe(Asking, frozen=True, kw_only=True, tag="subscribe"):
    rooms: Rooms
    after: Annotated[int, Meta(ge=0, le=2**63 - 1)] | None = None


class Unsubscribe(Asking, frozen=True, kw_only=True, tag="unsubscribe"):
    rooms: Rooms


class Ping(Asking, frozen=True, kw_only=True, tag="ping"):
    """Says no more than that somebody is there."""


class MeansToBook(Asking, frozen=True, kw_only=True, tag="intent"):
    resource_id: UUID
    units: Annotated[int, Meta(ge=1, le=1000)]
    seconds: Annotated[int, Meta(ge=1, le=600)]


class ThinksBetter(Asking, frozen=True, kw_only=True, tag="cancel_intent"):
    intent_id: UUID


Anything = Subscribe | Unsubscribe | Ping | MeansToBook | ThinksBetter

_decoder = msgspec.json.Decoder(Anything)


class Malformed(Exception):
    """Says what is wrong, without quoting it."""


def understood(text: str) -> Anything:
    """Raises Malformed."""
    try:
        asked: Anything = _decoder.decode(text)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise Malformed(str(error)[:200]) from None
    return asked
