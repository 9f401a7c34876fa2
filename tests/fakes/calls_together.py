"""Many calls at once, in memory."""

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime

import attrs

from application.calls.intake import CallsTogether, Key, TakenIn
from domain.calls.call import Call
from tests.fakes.calls import MemoryCalls
from tests.fakes.rows import Rows


@attrs.frozen
class MemoryCallsTogether(CallsTogether):
    rows: Rows

    def named(self, provider: str, names: Collection[str]) -> Mapping[str, Call]:
        found = {name: MemoryCalls(self.rows).named(provider, name) for name in names}
        return {name: call for name, call in found.items() if call is not None}

    def heard(self, provider: str, keys: Collection[Key]) -> AbstractSet[Key]:
        return {key for key in keys if (provider, *key) in self.rows.call_facts}

    def keep(self, taken: TakenIn, *, now: datetime) -> None:
        calls = MemoryCalls(self.rows)
        for call in taken.calls:
            calls.save(attrs.evolve(call, events=()))
        for _, events in taken.events:
            self.rows.events.extend(events)
        for call, fact in taken.facts:
            calls.keep(call, fact, now=now)
