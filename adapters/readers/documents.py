"""Views of documents in SQL."""

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.documents import document_of
from adapters.schema.documents import documents
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.documentation.document_ports import DocumentViews
from application.kernel.pages import Page, Slice
from domain.documentation.documents import Document, DocumentNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DocumentId


@attrs.frozen
class SqlDocumentViews(DocumentViews):
    database: Database

    async def document(self, actor: Actor, document_id: DocumentId) -> Document:
        question = select(documents).where(
            documents.c.organization_id == actor.organization_id, documents.c.id == document_id
        )

        def ask(connection: Connection) -> Document:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise DocumentNotFound(document_id)
            return document_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def documents(self, actor: Actor, *, slice: Slice) -> Page[Document]:
        question = select(documents).where(documents.c.organization_id == actor.organization_id)
        keys = (documents.c.id,)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, document_of),
            of=actor.organization_id,
        )
