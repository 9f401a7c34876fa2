"""Dispositions in memory."""

from collections.abc import Collection

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

    def labels_among(self, labels: Collection[str]) -> Collection[str]:
        return {one.label for one in self.rows.dispositions.values()} & set(labels)

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
