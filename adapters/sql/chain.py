"""The hash chain over an organization's events: nothing can be changed or cut out unseen.

A link is SHA-256 over the link before it and the event in canonical JSON (sorted members, no
spaces), so whoever rewrites one event would have to rewrite all that follow.
"""

from datetime import timezone
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Row

START = bytes(32)

_encoder = msgspec.json.Encoder(order="sorted")


def link(previous: bytes, position: int, event: Row[Any]) -> bytes:
    """`event` is a row of the event log."""
    record = {
        "organization_id": event.organization_id,
        "position": position,
        "id": event.id,
        "name": event.name,
        "subject": event.subject,
        "payload": event.payload,
        "actor_id": event.actor_id,
        "occurred_at": event.occurred_at.astimezone(timezone.utc),
    }
    if event.audited:
        # Only then, so that what was linked before there was a trail keeps its links.
        record |= {"audited": True, "origin": event.origin}
    if event.call_id is not None:
        record["call_id"] = event.call_id
    return sha256(previous + _encoder.encode(record)).digest()
