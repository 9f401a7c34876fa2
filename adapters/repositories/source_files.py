"""Files that were handed in to be read as data sources, in SQL."""

import base64
import hashlib
from typing import Any

import attrs
from sqlalchemy import delete

from adapters.mapping.data_sources import PART_OF_FILE, PLAIN
from adapters.mapping.sealed_parts import SEALED
from adapters.repositories.seals import Seals
from adapters.schema.data_sources import data_source_files
from adapters.sql.scope import Scope
from application.pipelines.source_ports import SourceFiles
from domain.kernel.identifiers import DataSourceId


@attrs.frozen
class SqlSourceFiles(SourceFiles):
    """They may say whose they are: each is sealed with a key of its own."""

    scope: Scope

    def put(self, source_id: DataSourceId, content: bytes) -> None:
        self.forget(source_id)
        seals, tag = Seals(self.scope), hashlib.sha256(content).hexdigest()
        for number, first in enumerate(range(0, len(content), PART_OF_FILE)):
            part = content[first : first + PART_OF_FILE]
            self.scope.add(
                data_source_files,
                data_source_id=source_id,
                number=number,
                tag=tag,
                size=len(content),
                content=self._document(seals, source_id, part),
            )
            seals.keep_key(source_id)
            self.scope.send()  # not all of it in one statement

    def forget(self, source_id: DataSourceId) -> None:
        theirs = data_source_files.c.data_source_id == source_id
        self.scope.execute(
            delete(data_source_files).where(self.scope.owns(data_source_files), theirs)
        )
        if self.scope.vault.is_set_up:
            Seals(self.scope).forget(source_id)

    def _document(self, seals: Seals, source_id: DataSourceId, part: bytes) -> Any:
        if not self.scope.vault.is_set_up:
            return {PLAIN: base64.b64encode(part).decode()}
        return {SEALED: seals.whole(source_id, part)}
