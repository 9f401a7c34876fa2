"""Hand many documents in at once: what can be read is taken, the rest is told of."""

from collections.abc import Sequence
from functools import partial

import attrs

from application.documentation.document_ports import DocumentReader, DocumentWork, ReadDocument
from application.documentation.keep_documents import NewDocument, kept
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.side_by_side import SideBySide
from domain.documentation.documents import Document, UnreadableDocument
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DocumentId


@attrs.frozen
class NotRead:
    """`place` is that among those handed in, from 0."""

    place: int
    why: UnreadableDocument


@attrs.frozen(kw_only=True)
class HandedIn:
    """In the order in which they came."""

    added: Sequence[Document]
    not_read: Sequence[NotRead]


@attrs.frozen(kw_only=True)
class AddDocuments:
    actor: Actor
    documents: Sequence[NewDocument]
    once: Once[HandedIn] | None = None


@attrs.frozen(kw_only=True)
class AddDocumentsHandler:
    """All that can be read is kept together, or none of it is."""

    unit_of_work: UnitOfWork[DocumentWork]
    read: DocumentReader
    side_by_side: SideBySide
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddDocuments, /) -> HandedIn:
        answers = dict[int, ReadDocument | UnreadableDocument]()
        places = range(len(command.documents))
        await self.side_by_side(
            [partial(self._read, command.documents[place], place, answers) for place in places]
        )
        read, not_read = [], []
        for place, new in enumerate(command.documents):
            answer = answers[place]
            if isinstance(answer, UnreadableDocument):
                not_read.append(NotRead(place, answer))
            else:
                document = new.document(DocumentId(self.new_id()), answer, at=self.clock())
                read.append((document.added(), answer))

        def add(work: DocumentWork) -> HandedIn:
            added = [kept(work, document, answer) for document, answer in read]
            return HandedIn(added=added, not_read=not_read)

        return await self.unit_of_work(command.actor, add, once=command.once)

    async def _read(
        self, new: NewDocument, place: int, answers: dict[int, ReadDocument | UnreadableDocument]
    ) -> None:
        try:
            answers[place] = await self.read(new.body, title=new.title)
        except UnreadableDocument as refusal:
            answers[place] = refusal
