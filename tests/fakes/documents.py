"""Documents in memory."""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

import attrs

from application.documentation.document_ports import Documents, DocumentViews, DocumentWork
from application.kernel.once import Once
from application.kernel.pages import Page, Slice
from application.kernel.ports import Stale, UnitOfWork
from domain.documentation.documents import Document, DocumentNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DocumentId, OrganizationId
from tests.fakes.pages import MemoryPages
from tests.fakes.paging import page_of
from tests.fakes.rows import found

Decision = TypeVar("Decision")
Rows = dict[DocumentId, Document]


@attrs.frozen
class MemoryDocuments(Documents):
    rows: Rows

    def locked(self, document_id: DocumentId) -> Document:
        return found(self.rows, document_id, DocumentNotFound)

    def save(self, document: Document) -> Document:
        before = self.rows.get(document.id)
        if document.version != (before.version if before else 0):
            raise Stale
        saved = attrs.evolve(document, version=document.version + 1, events=())
        self.rows[document.id] = saved
        return saved

    def delete(self, document: Document) -> None:
        self.rows.pop(document.id, None)


@attrs.frozen
class MemoryDocumentWork(DocumentWork):
    documents: MemoryDocuments
    pages: MemoryPages


@attrs.frozen
class MemoryHandedIn(UnitOfWork[MemoryDocumentWork], DocumentViews):
    organizations: dict[OrganizationId, Rows] = attrs.field(factory=lambda: defaultdict(dict))

    async def __call__(
        self,
        actor: Actor,
        decide: Callable[[MemoryDocumentWork], Decision],
        /,
        *,
        once: Once[Decision] | None = None,
    ) -> Decision:
        assert once is None, "answers are remembered elsewhere"
        rows = self.organizations[actor.organization_id].copy()
        decision = decide(MemoryDocumentWork(MemoryDocuments(rows), MemoryPages()))
        self.organizations[actor.organization_id] = rows
        return decision

    async def document(self, actor: Actor, document_id: DocumentId) -> Document:
        return found(self.organizations[actor.organization_id], document_id, DocumentNotFound)

    async def documents(self, actor: Actor, *, slice: Slice) -> Page[Document]:
        theirs = list(self.organizations[actor.organization_id].values())
        return page_of(theirs, lambda one: (str(one.id),), slice)
