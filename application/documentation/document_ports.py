"""What documents that people hand in need from outside, and what may be asked about them."""

from typing import Protocol

import attrs

from application.documentation.ports import Pages
from application.kernel.pages import Page, Slice
from domain.documentation.documents import Contents, Document
from domain.documentation.pages import ReadPage
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DocumentId


@attrs.frozen(kw_only=True)
class ReadDocument:
    contents: Contents
    page: ReadPage


class DocumentReader(Protocol):
    async def __call__(self, body: bytes, /, *, title: str) -> ReadDocument:
        """Where it can do no harm, however it is made. Raises UnreadableDocument."""
        ...


class Documents(Protocol):
    def locked(self, document_id: DocumentId) -> Document:
        """Raises DocumentNotFound."""
        ...

    def save(self, document: Document) -> Document:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...

    def delete(self, document: Document) -> None:
        """Its page stays until it is forgotten."""
        ...


class DocumentWork(Protocol):
    """All that one transaction about documents may touch."""

    @property
    def documents(self) -> Documents: ...

    @property
    def pages(self) -> Pages: ...


class DocumentViews(Protocol):
    async def document(self, actor: Actor, document_id: DocumentId) -> Document:
        """Raises DocumentNotFound."""
        ...

    async def documents(self, actor: Actor, *, slice: Slice) -> Page[Document]:
        """In the order in which they were handed in."""
        ...
