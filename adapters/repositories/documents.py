"""Documents in SQL, and their transaction."""

import attrs
from sqlalchemy import delete, select

from adapters.mapping.documents import document_of
from adapters.repositories.pages import SqlPages
from adapters.schema.documents import documents
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.documentation.document_ports import Documents, DocumentWork
from domain.documentation.documents import Document, DocumentNotFound
from domain.kernel.identifiers import DocumentId


@attrs.frozen
class SqlDocuments(Documents):
    scope: Scope

    def locked(self, document_id: DocumentId) -> Document:
        question = (
            select(documents)
            .where(self.scope.owns(documents), documents.c.id == document_id)
            .with_for_update()
        )
        row = self.scope.execute(question).one_or_none()
        if row is None:
            raise DocumentNotFound(document_id)
        return document_of(row)

    def save(self, document: Document) -> Document:
        contents = document.contents
        version = store(
            self.scope,
            documents,
            document.id,
            document.version,
            title=document.title,
            format=contents.format.value,
            size=contents.size,
            digest=contents.digest,
            passages=contents.passages,
            language=document.language,
            release=document.release,
            handed_in_at=document.handed_in_at,
        )
        EventLog(self.scope).publish(document.events)
        return attrs.evolve(document, version=version, events=())

    def delete(self, document: Document) -> None:
        this = documents.c.id == document.id
        self.scope.execute(delete(documents).where(self.scope.owns(documents), this))
        EventLog(self.scope).publish(document.events)


@attrs.frozen(kw_only=True)
class SqlDocumentWork(DocumentWork):
    documents: SqlDocuments
    pages: SqlPages

    @classmethod
    def on(cls, scope: Scope) -> "SqlDocumentWork":
        return cls(documents=SqlDocuments(scope), pages=SqlPages(scope))
