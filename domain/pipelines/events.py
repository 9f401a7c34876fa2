"""What other features may know about imports."""

from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import ImportId


@attrs.frozen(kw_only=True)
class ImportEvent(Event):
    """The counts are of rows, as far as the import is."""

    import_id: ImportId
    rows: int
    taken: int
    refused: int

    @property
    def subject(self) -> UUID:
        return self.import_id


@attrs.frozen(kw_only=True)
class ImportStarted(ImportEvent):
    name: ClassVar[str] = "import_started"
    target: str


@attrs.frozen(kw_only=True)
class ImportProgressed(ImportEvent):
    name: ClassVar[str] = "import_progressed"


@attrs.frozen(kw_only=True)
class ImportCompleted(ImportEvent):
    name: ClassVar[str] = "import_completed"
