"""Documents that people hand in, to be searched beside what is read of sites."""

from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.documentation.events import (
    DocumentAdded,
    DocumentDeleted,
    DocumentEvent,
    DocumentReplaced,
)
from domain.kernel.events import Event
from domain.kernel.identifiers import DocumentId, SiteId
from domain.kernel.refusals import Invalid, NotFound


@attrs.frozen
class DocumentNotFound(NotFound):
    code: ClassVar[str] = "document_not_found"
    document_id: DocumentId

    def __str__(self) -> str:
        return f"no document {self.document_id}"


class Unfit(Enum):
    """Why there is nothing to be made of a file."""

    UNKNOWN_FORMAT = "unknown_format"
    EMPTY = "empty"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    TOO_LARGE_INSIDE = "too_large_inside"
    TOO_MANY_PAGES = "too_many_pages"
    TOOK_TOO_LONG = "took_too_long"


@attrs.frozen
class UnreadableDocument(Invalid):
    code: ClassVar[str] = "unreadable_document"
    field: ClassVar[str] = "content"
    why: str

    def __str__(self) -> str:
        return f"no text can be read from the file: {self.why}"


class DocumentFormat(Enum):
    """Follows from what is in a file, whatever it is called."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "markdown"
    CSV = "csv"
    TEXT = "text"


@attrs.frozen(kw_only=True)
class Contents:
    """What a file is, without the file: of `size` bytes, with so many passages."""

    format: DocumentFormat
    size: int
    digest: str
    passages: int


@attrs.frozen(kw_only=True)
class Document:
    """`release` is the version of what it is about; `handed_in_at` when it said so first."""

    id: DocumentId
    title: str
    contents: Contents
    handed_in_at: datetime
    language: str | None = None
    release: str | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @property
    def shelf(self) -> SiteId:
        """Its one page is kept as that of a site of its own."""
        return SiteId(self.id)

    @property
    def url(self) -> str:
        return f"/v1/documents/{self.id}"

    def added(self) -> "Document":
        return _told(self, DocumentAdded, self.handed_in_at)

    def replaced(self, *, by: "Document") -> "Document":
        new = attrs.evolve(by, id=self.id, version=self.version)
        return _told(new, DocumentReplaced, by.handed_in_at)

    def deleted(self, *, now: datetime) -> "Document":
        return _told(self, DocumentDeleted, now)


def _told(document: Document, what: type[DocumentEvent], now: datetime) -> Document:
    fact = what(document_id=document.id, occurred_at=now)
    return attrs.evolve(document, events=(*document.events, fact))
