"""The description of sockets says what is said over them."""

from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema
import msgspec
import pytest
import yaml

from application.inventory.views import Availability
from application.kernel.subscribers import RecordedEvent
from domain.kernel.identifiers import ActorId, EventId, OrganizationId, PoolId
from entrypoints.realtime import asking, closing, public, telling

DOCS = Path(__file__).parents[2] / "docs"
DOCUMENT: dict[str, Any] = yaml.safe_load((DOCS / "asyncapi.yaml").read_text())
MESSAGES: dict[str, Any] = DOCUMENT["components"]["messages"]

ID = UUID(int=1)
NOON = datetime(2027, 5, 14, 12, tzinfo=timezone.utc)
POOLS = telling.pools_told(
    [
        Availability(
            pool_id=PoolId(str(ID)),
            day=date(2027, 5, 14),
            capacity=9,
            free=3,
            closed=False,
            next_release_at=moment,
        )
        for moment in (NOON, None)
    ]
)
INTENTS = [telling.IntentTold(intent_id=ID, resource_id=ID, units=2, expires_at=NOON)]
EVENT = RecordedEvent(
    organization_id=OrganizationId(ID),
    position=7,
    id=EventId(ID),
    name="booking_cancelled",
    subject=ID,
    payload={"resource_id": str(ID), "reason": "Ann is ill", "by_company": False},
    occurred_at=NOON,
    actor_id=ActorId(ID),
)
ROOMS = [
    telling.RoomTold(room=str(ID), stock_id=ID, pools=POOLS, intents=INTENTS),
    telling.RoomTold(room="*"),
]
TOLD = [
    telling.Welcome(position=0, heartbeat_seconds=15, silence_seconds=60),
    telling.Subscribed(ref="a", position=7, rooms=ROOMS),
    telling.Unsubscribed(rooms=["*"]),
    telling.EventTold.of(EVENT),
    telling.AvailabilityTold(position=7, stock_id=ID, pools=POOLS),
    telling.Heartbeat(position=7),
    telling.Pong(position=7),
    telling.IntentAccepted(intent_id=ID, expires_at=NOON),
    telling.IntentWithdrawn(intent_id=ID),
    telling.Error(code="not_permitted", detail="…"),
]
SAID = [
    asking.Subscribe(rooms=["*"], after=7, ref="a"),
    asking.Unsubscribe(rooms=[str(ID)]),
    asking.Ping(),
    asking.MeansToBook(resource_id=ID, units=2, seconds=60),
    asking.ThinksBetter(intent_id=ID),
]


def valid(message: Any) -> None:
    whole = {**MESSAGES[message["type"]]["payload"], "components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(whole).validate(message)


@pytest.mark.parametrize("told", TOLD, ids=lambda told: type(told).__name__)
def test_what_clients_are_told_is_described(told: telling.Telling) -> None:
    valid(msgspec.json.decode(telling.worded(told)))


@pytest.mark.parametrize("said", SAID, ids=lambda said: type(said).__name__)
def test_what_clients_say_is_described_and_understood(said: asking.Asking) -> None:
    text = msgspec.json.encode(said).decode()
    valid({name: value for name, value in msgspec.json.decode(text).items() if value is not None})
    assert asking.understood(text) == said


def test_nothing_else_is_described() -> None:
    kinds = {type(one).__struct_config__.tag for one in (*TOLD, *SAID)}
    assert kinds == MESSAGES.keys() == DOCUMENT["channels"]["socket"]["messages"].keys()


def test_what_people_have_written_is_not_told() -> None:
    assert "Ann" not in telling.worded(telling.EventTold.of(EVENT))


def test_every_reason_to_close_is_listed() -> None:
    listed = (DOCS / "realtime.md").read_text()
    reasons = [one for one in vars(closing).values() if isinstance(one, closing.Closing)]
    assert len(reasons) == 10
    for reason in reasons:
        assert f"| {reason.code} |" in listed


def test_what_is_not_told_is_listed() -> None:
    listed = (DOCS / "realtime.md").read_text()
    for event in public.KEPT:
        assert f"`{event.name}`" in listed
