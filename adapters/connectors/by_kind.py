"""Which connector a kind of source is read with."""

from collections.abc import Mapping

import attrs

from application.pipelines.connecting import Connector, Connectors
from domain.pipelines.source_options import SourceKind


@attrs.frozen
class ByKind(Connectors):
    connectors: Mapping[SourceKind, Connector]

    def of(self, kind: SourceKind, /) -> Connector:
        return self.connectors[kind]
