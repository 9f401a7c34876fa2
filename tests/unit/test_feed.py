"""In which rooms an event is told, and with which members; no socket is needed for that."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import attrs
import pytest

from application.calls.owners import CallOwners, Owners
from application.inventory.live_ports import LiveViews
from application.inventory.views import Availability
from application.kernel.events import EventFeed
from application.kernel.subscribers import RecordedEvent
from domain.calls.refusals import CallNotFound
from domain.inventory.intents import Intent
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, CallId, EventId, ResourceId
from entrypoints.realtime.feed import Feed, Sources
from entrypoints.realtime.outbox import Outbox
from entrypoints.realtime.rooms import CallRoom, Room, Watcher
from tests.samples import DESK, NOW

pytestmark = pytest.mark.anyio

ANN, BO = (ActorId(UUID(int=number)) for number in (21, 22))
ROOM, OTHER, THIRD = (ResourceId(UUID(int=number)) for number in (1, 2, 3))


@attrs.frozen
class Happened(EventFeed):
    events: list[RecordedEvent] = attrs.field(factory=list)

    def add(self, name: str, **members: Any) -> None:
        event = RecordedEvent(
            organization_id=DESK.organization_id,
            position=len(self.events) + 1,
            id=EventId(uuid4()),
            name=name,
            subject=ROOM,
            payload=members,
            occurred_at=NOW,
            actor_id=DESK.id,
        )
        self.events.append(event)

    async def after(
        self, actor: Actor, position: int, /, *, limit: int
    ) -> Sequence[RecordedEvent]:
        assert actor.organization_id == DESK.organization_id
        return self.events[position : position + limit]


class Nothing(LiveViews):
    """Resources of which nothing is on sale yet, each counted by itself."""

    async def stocks(
        self, actor: Actor, resource_ids: Sequence[ResourceId]
    ) -> Mapping[ResourceId, ResourceId]:
        assert actor.organization_id == DESK.organization_id
        return {id: id for id in resource_ids}

    async def pools(
        self, actor: Actor, stock_ids: Sequence[ResourceId], *, since: date
    ) -> Mapping[ResourceId, Sequence[Availability]]:
        assert actor.organization_id == DESK.organization_id
        assert since < NOW.date()
        return dict.fromkeys(stock_ids, ())

    async def intents(
        self, actor: Actor, stock_ids: Sequence[ResourceId], *, now: datetime
    ) -> Sequence[Intent]:
        assert actor.organization_id == DESK.organization_id
        assert (len(stock_ids), now) == (len(set(stock_ids)), NOW)
        return ()


@attrs.frozen
class MemoryCallOwners(CallOwners):
    owners: dict[CallId, ActorId | None] = attrs.field(factory=dict)

    async def of(self, actor: Actor, call_ids: Collection[CallId]) -> Owners:
        assert actor.organization_id == DESK.organization_id
        return {id: self.owners[id] for id in call_ids if id in self.owners}


@attrs.frozen
class House:
    happened: Happened = attrs.field(factory=Happened)
    calls: MemoryCallOwners = attrs.field(factory=MemoryCallOwners)

    async def told(self, *rooms: Room, whose: ActorId | None = None) -> list[dict[str, Any]]:
        """What somebody hears in these rooms, who has been there, and who comes back."""
        sources = Sources(
            events=self.happened, views=Nothing(), call_owners=self.calls, clock=lambda: NOW
        )
        feed = Feed(actor=DESK, sources=sources, position=0)
        stays, returns = Watcher(Outbox(99), whose), Watcher(Outbox(99), whose)
        await feed.enter(stays, rooms, lambda position, shown: None)  # noqa: ARG005
        await feed.advance()
        await feed.resume(returns, rooms, lambda position, shown: None, after=0)  # noqa: ARG005
        assert [*stays.outbox.waiting] == [*returns.outbox.waiting]
        return [json.loads(text) for text in stays.outbox.waiting]

    async def names(self, *rooms: Room) -> list[str]:
        return [message["name"] for message in await self.told(*rooms)]

    async def calls_of(self, whose: ActorId | None, *rooms: Room) -> list[CallId]:
        return [
            CallId(UUID(message["data"]["call_id"]))
            for message in await self.told(*rooms, whose=whose)
        ]


@pytest.fixture
def house() -> House:
    return House()


async def test_what_moves_is_told_where_it_was_and_where_it_is(house: House) -> None:
    members = {"resource_id": str(OTHER), "previous_resource_id": str(ROOM)}
    house.happened.add("booking_rescheduled", **members)

    for rooms in ([ROOM], [OTHER], [ROOM, OTHER], [None]):
        assert await house.names(*rooms) == ["booking_rescheduled"]
    assert await house.names(THIRD) == []


@pytest.mark.parametrize(
    "name",
    [
        "booking_declined",
        "flight_delayed",
        "pools_opened",
        "resource_cancelled",
        "resource_changed",
        "resource_published",
        "units_saved_up",
        "waiting_offered",
    ],
)
async def test_what_happens_to_a_resource_is_told_in_its_room(house: House, name: str) -> None:
    house.happened.add(name, resource_id=str(ROOM))

    assert await house.names(ROOM) == await house.names(None) == [name]
    assert await house.names(OTHER) == []


@pytest.mark.parametrize("name", ["import_progressed", "itinerary_held", "asset_changed"])
async def test_what_is_about_no_resource_is_told_to_whoever_watches_everything(
    house: House, name: str
) -> None:
    house.happened.add(name, import_id=str(THIRD), rows=9)

    (told,) = await house.told(None)
    assert (told["name"], told["data"]) == (name, {"import_id": str(THIRD), "rows": 9})
    assert await house.names(ROOM) == []


@pytest.mark.parametrize("name", ["duplicate_booking_tried", "booking_imported", "of_tomorrow"])
async def test_what_is_kept_is_told_nowhere_and_what_follows_is(house: House, name: str) -> None:
    house.happened.add(name, resource_id=str(ROOM), attendees=2)
    house.happened.add("resource_completed", resource_id=str(ROOM))

    for room in (ROOM, None):
        assert [message["position"] for message in await house.told(room)] == [2]


async def test_members_that_people_have_written_are_withheld(house: House) -> None:
    members = {"reason": "Ann is ill", "title": "Ann's", "urgent_requirements": True}
    house.happened.add("resource_cancelled", resource_id=str(ROOM), **members)

    (told,) = await house.told(ROOM)
    assert told["data"] == {"resource_id": str(ROOM)}


async def test_who_sees_their_own_calls_hears_of_them_and_of_those_nobody_has(
    house: House,
) -> None:
    mine, theirs, nobodys, machines = (CallId(UUID(int=number)) for number in range(11, 15))
    house.calls.owners.update({mine: ANN, theirs: BO, nobodys: None})
    for call_id in (mine, theirs, nobodys, machines):
        house.happened.add("call_answered", call_id=str(call_id))

    assert await house.calls_of(None, CallRoom()) == [mine, theirs, nobodys, machines]
    assert await house.calls_of(ANN, CallRoom()) == [mine, nobodys]
    assert await house.calls_of(BO, CallRoom()) == [theirs, nobodys]
    assert await house.calls_of(ANN, CallRoom(mine)) == [mine]


async def test_who_hands_a_call_on_hears_no_more_of_it(house: House) -> None:
    call_id = CallId(UUID(int=11))
    house.happened.add("call_transferred", call_id=str(call_id))
    house.calls.owners[call_id] = BO

    assert await house.calls_of(ANN, CallRoom()) == []
    assert await house.calls_of(BO, CallRoom()) == [call_id]


async def test_the_room_of_somebody_elses_call_is_not_there(house: House) -> None:
    call_id = CallId(UUID(int=11))
    house.calls.owners[call_id] = BO

    for room in (CallRoom(call_id), CallRoom(CallId(UUID(int=12)))):
        with pytest.raises(CallNotFound):
            await house.told(room, whose=ANN)
