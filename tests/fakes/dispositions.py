"""Dispositions in memory."""

import attrs

from application.calls.disposition_ports import Dispositions
from domain.calls.dispositions import Disposition, DispositionLabelTaken, DispositionNotFound
from domain.kernel.identifiers import DispositionId
from tests.fakes.rows import Rows, found, next_version


@attrs.frozen
class MemoryDispositions(Dispositions):
    rows: Rows

    def get(self, disposition_id: DispositionId) -> Disposition:
        return found(self.rows.dispositions, disposition_id, DispositionNotFound)

    def save(self, disposition: Disposition) -> Disposition:
        before = self.rows.dispositions.get(disposition.id)
        version = next_version(before, disposition.version)
        others = (one for one in self.rows.dispositions.values() if one.id != disposition.id)
        if disposition.label in {other.label for other in others}:
            raise DispositionLabelTaken
        saved = attrs.evolve(disposition, version=version, events=())
        self.rows.dispositions[disposition.id] = saved
        self.rows.events.extend(disposition.events)
        return saved
