"""One organization's events, on their way into its rooms."""

from asyncio import Lock
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import attrs

from application.calls.owners import CallOwners, Owners
from application.inventory.live_ports import LiveViews
from application.kernel.events import EventFeed
from application.kernel.ports import Clock
from application.kernel.subscribers import RecordedEvent
from domain.calls.refusals import CallNotFound
from domain.inventory.events import AvailabilityEvent, IntentEvent
from domain.inventory.resources import ResourceNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, CallId, ResourceId
from domain.notifications.events import NoticesGiven
from entrypoints.realtime.pictures import Picture
from entrypoints.realtime.public import NAMES
from entrypoints.realtime.public_of_calls import NAMES_OF_CALLS
from entrypoints.realtime.rooms import CallRoom, NoticeRoom, Room, Rooms, Watcher, name_of
from entrypoints.realtime.telling import (
    AvailabilityTold,
    EventTold,
    IntentTold,
    RoomTold,
    pools_told,
    worded,
)

BATCH = 200
MOST_REPLAYED = 20_000
YESTERDAY = timedelta(days=1)  # the day may not be over everywhere

# Facts about what is counted, and so for all who sell of it.
ABOUT_STOCK = frozenset(
    kind.name
    for base in (AvailabilityEvent, IntentEvent)
    for kind in base.__subclasses__()
    if hasattr(kind, "name")
)


class TooFarBehind(Exception):
    """Reading on from there would take longer than beginning anew."""

    def __str__(self) -> str:
        return (
            f"more than {MOST_REPLAYED} events have happened since: subscribe without `after`, "
            "and read what you missed from /v1/events"
        )


Show = Callable[[int, Sequence[RoomTold]], None]
"""Puts what there is to see at a position into words, before anything else is told."""


@attrs.frozen(kw_only=True)
class Sources:
    events: EventFeed
    views: LiveViews
    call_owners: CallOwners
    clock: Clock


@attrs.define(eq=False)
class Feed:
    """Everything up to `position` has been told; nothing is told out of turn.

    Whoever enters a room does so between two batches: what happened before is in the picture
    they are shown, and what happens after is told to them.
    """

    actor: Actor
    sources: Sources
    position: int
    rooms: Rooms = attrs.field(factory=Rooms)
    _pictures: dict[ResourceId, Picture] = attrs.field(factory=dict, init=False)
    _turn: Lock = attrs.field(factory=Lock, init=False)

    async def advance(self) -> None:
        """Tells all that has been numbered meanwhile."""
        async with self._turn:
            while events := await self._after(self.position):
                own_only = self.rooms.somebody_hears_of_their_calls_only
                owners = await self._owners(events) if own_only else {}
                for event in events:
                    self._tell(event, owners)
                self.position = events[-1].position
                await self._show_what_changed(events)

    async def enter(self, watcher: Watcher, rooms: Collection[Room], show: Show) -> None:
        """Shows what there is to see there. Raises ResourceNotFound or CallNotFound."""
        async with self._turn:
            await self._enter(watcher, rooms, show)

    async def resume(
        self, watcher: Watcher, rooms: Collection[Room], show: Show, *, after: int
    ) -> None:
        """Tells what was missed, as fast as it is taken, then goes on as `enter` does.

        Raises ResourceNotFound, CallNotFound or TooFarBehind.
        """
        if self.position - after > MOST_REPLAYED:
            raise TooFarBehind
        async with self._turn:
            await self._learn(watcher, rooms)
        while self.position - after > BATCH:
            after = await self._replay(watcher, rooms, after)
            await watcher.outbox.spacious()
        async with self._turn:
            while after < self.position:
                after = await self._replay(watcher, rooms, after)
            await self._enter(watcher, rooms, show)

    def leave(self, watcher: Watcher, rooms: Collection[Room]) -> None:
        self.rooms.leave(watcher, tuple(rooms))
        watched = self.rooms.watched_stocks
        for stock_id in [stock for stock in self._pictures if stock not in watched]:
            del self._pictures[stock_id]

    async def _enter(self, watcher: Watcher, rooms: Collection[Room], show: Show) -> None:
        await self._learn(watcher, rooms)
        await self._look({self.rooms.stocks[id] for id in _sold_in(rooms)})
        show(self.position, [self._shown(room) for room in rooms])
        self.rooms.enter(watcher, rooms)
        watcher.position = self.position

    async def _replay(self, watcher: Watcher, rooms: Collection[Room], after: int) -> int:
        events = [event for event in await self._after(after) if event.position <= self.position]
        owners = {} if watcher.whose is None else await self._owners(events)
        for event in events:
            if self._is_told(watcher, rooms, event, owners):
                watcher.tell(event.position, worded(EventTold.of(event)))
        return events[-1].position if events else self.position

    async def _after(self, position: int) -> Sequence[RecordedEvent]:
        return await self.sources.events.after(self.actor, position, limit=BATCH)

    async def _owners(self, events: Sequence[RecordedEvent]) -> Owners:
        call_ids = {call_id for event in events for call_id in _calls(event)}
        return await self.sources.call_owners.of(self.actor, call_ids) if call_ids else {}

    def _tell(self, event: RecordedEvent, owners: Owners) -> None:
        for stock_id in _named(event, "stock_id"):
            if stock_id in self._pictures:
                self._pictures[stock_id].hear(event)
        text = ""
        for watcher in self._concerned(event, owners):
            text = text or worded(EventTold.of(event))
            watcher.tell(event.position, text)

    def _concerned(self, event: RecordedEvent, owners: Owners) -> Iterator[Watcher]:
        if event.name not in NAMES:
            return iter(())
        if event.name == NoticesGiven.name:
            return self.rooms.of_members(_told(event))
        if event.name in ABOUT_STOCK:
            stocks = [*_named(event, "stock_id"), *_named(event, "resource_id")]
            return self.rooms.around(stocks[0])
        found: dict[Watcher, None] = {}
        for resource_id in _resources(event):
            found.update(dict.fromkeys(self.rooms.in_room(resource_id)))
        if not found and event.name not in NAMES_OF_CALLS:
            found.update(dict.fromkeys(self.rooms.in_room(None)))
        for call_id in _calls(event):
            found.update(dict.fromkeys(self.rooms.of_call(call_id, owners)))
        return iter(found)

    def _is_told(
        self, watcher: Watcher, rooms: Collection[Room], event: RecordedEvent, owners: Owners
    ) -> bool:
        if event.name not in NAMES:
            return False
        if event.name == NoticesGiven.name:
            return any(NoticeRoom(member_id) in rooms for member_id in _told(event))
        if None in rooms and event.name not in NAMES_OF_CALLS:
            return True
        if event.name in ABOUT_STOCK:
            stocks = [*_named(event, "stock_id"), *_named(event, "resource_id")]
            return any(self.rooms.stocks.get(id) == stocks[0] for id in _sold_in(rooms))
        about_call = any(
            watcher.hears_of(call_id, owners)
            for call_id in _calls(event)
            if CallRoom() in rooms or CallRoom(call_id) in rooms
        )
        return about_call or any(resource_id in rooms for resource_id in _resources(event))

    async def _show_what_changed(self, events: Sequence[RecordedEvent]) -> None:
        """One question for the whole batch, whoever watches."""
        touched = {id for event in events for id in _resources(event)}
        unknown = touched - self.rooms.stocks.keys()
        if unknown and (self._pictures or self.rooms.somebody_watches_everything):
            found = await self.sources.views.stocks(self.actor, sorted(unknown))
            self.rooms.stocks.update(found)
        stocks = {self.rooms.stocks[id] for id in touched if id in self.rooms.stocks}
        if not self.rooms.somebody_watches_everything:
            stocks &= self._pictures.keys()
        if not stocks:
            return
        for stock_id, pools in (await self._pools(stocks)).items():
            picture = self._pictures.setdefault(stock_id, Picture())
            changed = picture.renew(pools)
            if changed:
                self._show(stock_id, pools_told(changed))

    def _show(self, stock_id: ResourceId, pools: Sequence[Any]) -> None:
        told = AvailabilityTold(position=self.position, stock_id=stock_id, pools=pools)
        text = worded(told)
        for watcher in self.rooms.around(stock_id):
            watcher.outbox.put(text)

    def _shown(self, room: Room) -> RoomTold:
        if room is None or isinstance(room, CallRoom | NoticeRoom):
            return RoomTold(room=name_of(room))
        stock_id = self.rooms.stocks[room]
        picture = self._pictures[stock_id]
        return RoomTold(
            room=name_of(room),
            stock_id=stock_id,
            pools=pools_told(picture.pools.values()),
            intents=[IntentTold.of(one) for one in picture.active(self.sources.clock())],
        )

    async def _learn(self, watcher: Watcher, rooms: Collection[Room]) -> None:
        """Raises ResourceNotFound or CallNotFound."""
        await self._must_be_theirs(watcher, rooms)
        unknown = [id for id in _sold_in(rooms) if id not in self.rooms.stocks]
        if not unknown:
            return
        found = await self.sources.views.stocks(self.actor, unknown)
        for id in unknown:
            if id not in found:
                raise ResourceNotFound(id)
        self.rooms.stocks.update(found)

    async def _must_be_theirs(self, watcher: Watcher, rooms: Collection[Room]) -> None:
        """Raises CallNotFound."""
        wanted = {room.call_id for room in rooms if isinstance(room, CallRoom) and room.call_id}
        if watcher.whose is None or not wanted:
            return
        owners = await self.sources.call_owners.of(self.actor, wanted)
        for call_id in wanted:
            if not watcher.hears_of(call_id, owners):
                raise CallNotFound(call_id)

    async def _look(self, stocks: Collection[ResourceId]) -> None:
        new = sorted(set(stocks) - self._pictures.keys())
        if not new:
            return
        now = self.sources.clock()
        intents = await self.sources.views.intents(self.actor, new, now=now)
        for stock_id, pools in (await self._pools(new)).items():
            picture = self._pictures[stock_id] = Picture()
            picture.renew(pools)
            picture.intents.update({i.id: i for i in intents if i.stock_id == stock_id})

    async def _pools(self, stocks: Collection[ResourceId]) -> Any:
        since = (self.sources.clock() - YESTERDAY).date()
        return await self.sources.views.pools(self.actor, sorted(stocks), since=since)


def _told(event: RecordedEvent) -> list[ActorId]:
    """The members who are."""
    return [ActorId(UUID(id)) for id in event.payload["member_ids"]]


def _sold_in(rooms: Collection[Room]) -> Sequence[ResourceId]:
    """The resources among the rooms."""
    return [room for room in rooms if isinstance(room, UUID)]


def _resources(event: RecordedEvent) -> Iterator[ResourceId]:
    yield from _named(event, "resource_id")
    yield from _named(event, "previous_resource_id")


def _calls(event: RecordedEvent) -> Iterator[CallId]:
    yield from map(CallId, _named(event, "call_id"))


def _named(event: RecordedEvent, member: str) -> Iterator[ResourceId]:
    id = event.payload.get(member)
    if id:
        yield ResourceId(UUID(id))
