"""Parts of a file that was just read, without asking for them again with every page."""

from collections import OrderedDict
from datetime import datetime, timedelta

import attrs

from adapters.connectors.parts import LARGEST, FilePart, Parts
from application.kernel.ports import Clock
from application.pipelines.connecting import Origin
from domain.kernel.identifiers import DataSourceId, OrganizationId

AHEAD = 4 * 1024 * 1024
KEPT_FOR = timedelta(minutes=1)
MOST_KEPT = 4  # of several runs at once; each takes as much memory as is read ahead

Key = tuple[OrganizationId, DataSourceId]


@attrs.frozen(kw_only=True)
class Kept:
    """What lay from `offset` on when it was read from there."""

    origin: Origin
    offset: int
    part: FilePart
    until: datetime

    def cut(self, offset: int, most: int) -> FilePart | None:
        """None unless all of it is there, or all that there is."""
        first = offset - self.offset
        left = len(self.part.data) - first
        if first < 0 or left <= 0 or (left < most and not self.part.ends):
            return None
        data = self.part.data[first : first + most]
        return attrs.evolve(self.part, data=data, ends=self.part.ends and left <= most)


@attrs.frozen(kw_only=True)
class ReadingAhead(Parts):
    """Whoever begins a file has it as it is by then; what follows may be a minute old."""

    parts: Parts
    clock: Clock
    _kept: OrderedDict[Key, Kept] = attrs.field(factory=OrderedDict, init=False)

    async def __call__(self, origin: Origin, /, *, offset: int, most: int) -> FilePart:
        key, now = (origin.organization_id, origin.id), self.clock()
        kept = self._kept.get(key)
        if offset and kept is not None and kept.origin == origin and now < kept.until:
            part = kept.cut(offset, most)
            if part is not None:
                return part
        ahead = min(max(most, AHEAD), max(most, LARGEST - offset))
        read = await self.parts(origin, offset=offset, most=ahead)
        kept = Kept(origin=origin, offset=offset, part=read, until=now + KEPT_FOR)
        self._kept[key] = kept
        self._kept.move_to_end(key)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return kept.cut(offset, most) or read
