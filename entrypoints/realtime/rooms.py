"""Who watches what: the rooms of one organization."""

from collections.abc import Iterable, Iterator
from uuid import UUID

import attrs

from domain.kernel.identifiers import ResourceId
from entrypoints.realtime.outbox import Outbox

Room = ResourceId | None
"""A resource, or None for everything there is."""


@attrs.define(eq=False)
class Watcher:
    """One socket. It hears of every position at most once, and never goes back."""

    outbox: Outbox
    position: int = 0
    rooms: set[Room] = attrs.field(factory=set)
    has_entered: bool = False

    def tell(self, position: int, text: str) -> None:
        if position > self.position:
            self.position = position
            self.outbox.put(text)


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

    def around(self, stock_id: UUID) -> Iterator[Watcher]:
        """Those in any room whose units are counted in these pools."""
        found: dict[Watcher, None] = dict(self._watchers.get(None, {}))
        for room, there in self._watchers.items():
            if room is not None and self.stocks.get(room) == stock_id:
                found.update(there)
        return iter(found)

    @property
    def watched_stocks(self) -> set[ResourceId]:
        return {self.stocks[room] for room in self._watchers if room in self.stocks}

    @property
    def somebody_watches_everything(self) -> bool:
        return None in self._watchers
