"""What clients are told. A message is put into words once, however many hear it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from application.inventory.views import Availability
from application.kernel.subscribers import RecordedEvent
from domain.inventory.intents import Intent
from entrypoints.realtime.public_members import MEMBERS

VERSION = 1

_encoder = msgspec.json.Encoder()


class Telling(Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """`ref` is that of the message this answers."""

    ref: str | None = None


class Welcome(Telling, frozen=True, kw_only=True, tag="welcome"):
    version: int = msgspec.field(default_factory=lambda: VERSION)
    position: int
    heartbeat_seconds: float
    silence_seconds: float


class PoolTold(Struct, frozen=True, kw_only=True):
    pool_id: str
    day: date
    capacity: int
    free: int
    fill: str
    next_release_at: datetime | None

    @classmethod
    def of(cls, availability: Availability) -> "PoolTold":
        return cls(
            pool_id=availability.pool_id,
            day=availability.day,
            capacity=availability.capacity,
            free=availability.free,
            fill=availability.fill.value,
            next_release_at=availability.next_release_at,
        )


class IntentTold(Struct, frozen=True, kw_only=True):
    intent_id: UUID
    resource_id: UUID
    units: int
    expires_at: datetime

    @classmethod
    def of(cls, intent: Intent) -> "IntentTold":
        return cls(
            intent_id=intent.id,
            resource_id=intent.resource_id,
            units=intent.units,
            expires_at=intent.expires_at,
        )


class RoomTold(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What there is in a room; that of everything is too large to be shown at once."""

    room: str
    stock_id: UUID | None = None
    pools: Sequence[PoolTold] = ()
    intents: Sequence[IntentTold] = ()


class Subscribed(Telling, frozen=True, kw_only=True, tag="subscribed"):
    position: int
    rooms: Sequence[RoomTold]


class Unsubscribed(Telling, frozen=True, kw_only=True, tag="unsubscribed"):
    rooms: Sequence[str]


class EventTold(Telling, frozen=True, kw_only=True, tag="event"):
    position: int
    id: UUID
    name: str
    subject: UUID
    occurred_at: datetime
    data: dict[str, Any]

    @classmethod
    def of(cls, event: RecordedEvent) -> "EventTold":
        return cls(
            position=event.position,
            id=event.id,
            name=event.name,
            subject=event.subject,
            occurred_at=event.occurred_at,
            data={name: value for name, value in event.payload.items() if name in MEMBERS},
        )


class AvailabilityTold(Telling, frozen=True, kw_only=True, tag="availability"):
    """Pools that have changed, as they are at `position` or a little later."""

    position: int
    stock_id: UUID
    pools: Sequence[PoolTold]


class Heartbeat(Telling, frozen=True, kw_only=True, tag="heartbeat"):
    position: int


class Pong(Telling, frozen=True, kw_only=True, tag="pong"):
    position: int


class IntentAccepted(Telling, frozen=True, kw_only=True, tag="intent_accepted"):
    intent_id: UUID
    expires_at: datetime


class IntentWithdrawn(Telling, frozen=True, kw_only=True, tag="intent_withdrawn"):
    intent_id: UUID


class Error(Telling, frozen=True, kw_only=True, tag="error"):
    code: str
    detail: str


def worded(telling: Telling) -> str:
    return _encoder.encode(telling).decode()


def pools_told(pools: Collection[Availability]) -> Sequence[PoolTold]:
    return [PoolTold.of(pool) for pool in pools]
