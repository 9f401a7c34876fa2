"""Who watches what: the rooms of one organization."""

from collections.abc import Iterable, Iterator
from uuid import UUID

import attrs

from application.calls.owners import Owners
from domain.kernel.identifiers import ActorId, CallId, ResourceId
from entrypoints.realtime.asking import ALL_CALLS, EVERYTHING, OF_CALL, OWN_NOTICES
from entrypoints.realtime.outbox import Outbox


@attrs.frozen
class CallRoom:
    """One call, or None for all of them."""

    call_id: CallId | None = None


@attrs.frozen
class NoticeRoom:
    """What one member is told of: another's has the same name."""

    member_id: ActorId


Room = ResourceId | CallRoom | NoticeRoom | None
"""A resource, calls, one's notices, or None for everything but calls and notices."""


def room_called(name: str, *, by: ActorId) -> Room:
    if name == EVERYTHING:
        return None
    if name == OWN_NOTICES:
        return NoticeRoom(by)
    if name == ALL_CALLS:
        return CallRoom()
    if name.startswith(OF_CALL):
        return CallRoom(CallId(UUID(name.removeprefix(OF_CALL))))
    return ResourceId(UUID(name))


def name_of(room: Room) -> str:
    if room is None:
        return EVERYTHING
    if isinstance(room, NoticeRoom):
        return OWN_NOTICES
    if isinstance(room, CallRoom):
        return ALL_CALLS if room.call_id is None else f"{OF_CALL}{room.call_id}"
    return str(room)


@attrs.define(eq=False)
class Watcher:
    """One socket. It hears of every position at most once, and never goes back.

    Of calls it hears of those that are `whose`, and of those that nobody has yet; None hears of
    all of them.
    """

    outbox: Outbox
    whose: ActorId | None = None
    position: int = 0
    rooms: set[Room] = attrs.field(factory=set)
    has_entered: bool = False

    def tell(self, position: int, text: str) -> None:
        if position > self.position:
            self.position = position
            self.outbox.put(text)

    def hears_of(self, call_id: CallId, owners: Owners) -> bool:
        if self.whose is None:
            return True
        return call_id in owners and owners[call_id] in {None, self.whose}


@attrs.define
class Rooms:
    """`stocks` says whose pools each resource is counted in, for those anybody asked about."""

    stocks: dict[ResourceId, ResourceId] = attrs.field(factory=dict)
    _watchers: dict[Room, dict[Watcher, None]] = attrs.field(factory=dict)

    def enter(self, watcher: Watcher, rooms: Iterable[Room]) -> None:
        for room in rooms:
            self._watchers.setdefault(room, {})[watcher] = None
            watcher.rooms.add(room)
        watcher.has_entered = True

    def leave(self, watcher: Watcher, rooms: Iterable[Room]) -> None:
        for room in rooms:
            watcher.rooms.discard(room)
            there = self._watchers.get(room, {})
            there.pop(watcher, None)
            if not there:
                self._watchers.pop(room, None)

    def in_room(self, resource_id: UUID | None) -> Iterator[Watcher]:
        """Those in the room of a resource, and those who watch everything, once each."""
        there = self._watchers.get(ResourceId(resource_id), {}) if resource_id else {}
        everywhere = self._watchers.get(None, {})
        return iter({**there, **everywhere})

    def of_members(self, member_ids: Iterable[ActorId]) -> Iterator[Watcher]:
        """Those in the rooms of their notices; nobody is in another's."""
        for member_id in member_ids:
            yield from self._watchers.get(NoticeRoom(member_id), {})

    def of_call(self, call_id: CallId, owners: Owners) -> Iterator[Watcher]:
        """Those in the room of a call and those who watch all calls, once each, if they may."""
        there = self._watchers.get(CallRoom(call_id), {})
        everywhere = self._watchers.get(CallRoom(), {})
        return (each for each in {**there, **everywhere} if each.hears_of(call_id, owners))

    @property
    def somebody_hears_of_their_calls_only(self) -> bool:
        return any(
            watcher.whose is not None
            for room, there in self._watchers.items()
            if isinstance(room, CallRoom)
            for watcher in there
        )

    def around(self, stock_id: UUID) -> Iterator[Watcher]:
        """Those in any room whose units are counted in these pools."""
        found: dict[Watcher, None] = dict(self._watchers.get(None, {}))
        for room, there in self._watchers.items():
            if isinstance(room, UUID) and self.stocks.get(room) == stock_id:
                found.update(there)
        return iter(found)

    @property
    def watched_stocks(self) -> set[ResourceId]:
        rooms = (room for room in self._watchers if isinstance(room, UUID))
        return {self.stocks[room] for room in rooms if room in self.stocks}

    @property
    def somebody_watches_everything(self) -> bool:
        return None in self._watchers
