"""Take what is written elsewhere among the documents that are searched."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.documentation.document_ports import DocumentWork, ReadDocument
from application.documentation.keep_documents import kept
from application.kernel.apart import Apart
from application.kernel.rows import Row, RowRefused
from domain.documentation.documents import Document, DocumentNotFound
from domain.kernel.identifiers import DocumentId

ReadText = Callable[[str, str], ReadDocument]
"""Of a text and its title. Raises UnreadableDocument."""


@attrs.frozen(kw_only=True)
class DocumentRow:
    """The `id` follows from what it is called elsewhere; `text` may be Markdown."""

    id: DocumentId
    title: str
    text: str = attrs.field(repr=False)
    language: str | None = None
    release: str | None = None


class TakingDocuments(DocumentWork, Protocol):
    @property
    def apart(self) -> Apart: ...


@attrs.frozen(kw_only=True)
class TakeDocuments:
    read: ReadText

    def __call__(
        self, work: TakingDocuments, rows: Sequence[Row], /, *, now: datetime
    ) -> Sequence[RowRefused]:
        """Of two rows about one document, the later one counts."""
        refused = []
        for row in rows:
            why = work.apart(lambda said=row.value: self._take(work, said, now))  # type: ignore[misc]
            if why is not None:
                refused.append(RowRefused.because(row.line, why))
        return refused

    def _take(self, work: TakingDocuments, said: DocumentRow, now: datetime) -> None:
        """Raises UnreadableDocument."""
        read = self.read(said.text, said.title)
        document = Document(
            id=said.id,
            title=said.title,
            contents=read.contents,
            handed_in_at=now,
            language=said.language,
            release=said.release,
        )
        try:
            before = work.documents.locked(said.id)
        except DocumentNotFound:
            kept(work, document.added(), read)
        else:
            kept(work, before.replaced(by=document), read)
