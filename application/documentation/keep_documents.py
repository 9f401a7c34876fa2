"""Hand a document in, hand in another in its place, take it away."""

from datetime import datetime

import attrs

from application.documentation.document_ports import DocumentReader, DocumentWork, ReadDocument
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.versions import require_version
from domain.documentation.documents import Document
from domain.documentation.pages import KeptPage
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DocumentId


@attrs.frozen(kw_only=True)
class NewDocument:
    """`body` is the file. The original is not kept, but what it says."""

    title: str
    body: bytes = attrs.field(repr=False)
    language: str | None = None
    release: str | None = None

    def document(self, id: DocumentId, read: ReadDocument, *, at: datetime) -> Document:
        return Document(
            id=id,
            title=self.title,
            contents=read.contents,
            handed_in_at=at,
            language=self.language,
            release=self.release,
        )


@attrs.frozen(kw_only=True)
class AddDocument(NewDocument):
    actor: Actor
    once: Once[Document] | None = None


@attrs.frozen(kw_only=True)
class AddDocumentHandler:
    unit_of_work: UnitOfWork[DocumentWork]
    read: DocumentReader
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddDocument, /) -> Document:
        """Raises UnreadableDocument."""
        read = await self.read(command.body, title=command.title)
        document = command.document(DocumentId(self.new_id()), read, at=self.clock()).added()

        def add(work: DocumentWork) -> Document:
            return kept(work, document, read)

        return await self.unit_of_work(command.actor, add, once=command.once)


@attrs.frozen(kw_only=True)
class ReplaceDocument(NewDocument):
    actor: Actor
    document_id: DocumentId
    version: int | None


@attrs.frozen(kw_only=True)
class ReplaceDocumentHandler:
    unit_of_work: UnitOfWork[DocumentWork]
    read: DocumentReader
    clock: Clock

    async def __call__(self, command: ReplaceDocument, /) -> Document:
        """Raises UnreadableDocument or DocumentNotFound."""
        read = await self.read(command.body, title=command.title)
        by = command.document(command.document_id, read, at=self.clock())

        def replace(work: DocumentWork) -> Document:
            document = work.documents.locked(command.document_id)
            require_version(document.version, command.version)
            return kept(work, document.replaced(by=by), read)

        return await self.unit_of_work(command.actor, replace)


@attrs.frozen(kw_only=True)
class DeleteDocument:
    actor: Actor
    document_id: DocumentId
    version: int | None


@attrs.frozen(kw_only=True)
class DeleteDocumentHandler:
    unit_of_work: UnitOfWork[DocumentWork]
    clock: Clock

    async def __call__(self, command: DeleteDocument, /) -> Document:
        """Nothing of it is found any more. Raises DocumentNotFound."""

        def delete(work: DocumentWork) -> Document:
            document = work.documents.locked(command.document_id)
            require_version(document.version, command.version)
            now = self.clock()
            work.pages.forget(document.shelf, document.url, at=now)
            work.documents.delete(document.deleted(now=now))
            return document

        return await self.unit_of_work(command.actor, delete)


def kept(work: DocumentWork, document: Document, read: ReadDocument) -> Document:
    page = attrs.evolve(
        read.page,
        title=document.title,
        language=document.language or read.page.language,
        version=document.release,
        indexed=True,
    )
    work.pages.keep(
        KeptPage(
            site=document.shelf,
            url=document.url,
            read=page,
            content_hash=document.contents.digest,
            fetched_at=document.handed_in_at,
        )
    )
    return work.documents.save(document)
