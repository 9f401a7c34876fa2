"""Routes of documents that people hand in."""

from functools import partial
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.documentation.add_documents import AddDocuments, HandedIn
from application.documentation.document_ports import DocumentViews
from application.documentation.keep_documents import (
    AddDocument,
    DeleteDocument,
    ReplaceDocument,
)
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.documentation.documents import Document, DocumentNotFound, UnreadableDocument
from domain.kernel.actors import Permission
from domain.kernel.identifiers import DocumentId
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.document_shapes import (
    DocumentBody,
    DocumentInput,
    DocumentPage,
    DocumentsBody,
    DocumentsInput,
)
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

DOCUMENT: Body[DocumentInput] = Body(
    DocumentInput,
    examples={
        "house rules": {
            "title": "House rules",
            "content": "IyBIb3VzZSBydWxlcwoKQ2FuY2VsIHdpdGhpbiB0aGUgaG91ci4K",
            "language": "en",
        }
    },
)
DOCUMENTS: Body[DocumentsInput] = Body(
    DocumentsInput,
    examples={
        "two": {
            "documents": [
                {"title": "House rules", "content": "IyBIb3VzZSBydWxlcwo="},
                {"title": "Price list", "content": "cm9vbSxwcmljZQpzdWl0ZSwyMDAK"},
            ]
        }
    },
)
LIST = Query(PageQuery)

_added = worded(
    DocumentBody.of,
    status=201,
    version=lambda document: document.version,
    location=lambda document: document.url,
)


@post(
    "/v1/documents",
    opt=Operation(
        tag="documentation",
        needs=Permission.WRITE_DOCUMENTATION,
        sends=(IDEMPOTENCY_KEY,),
        body=DOCUMENT,
        shows=DocumentBody,
        status=201,
        refuses=(UnreadableDocument,),
        then={"read_document": {"document_id": "$response.body#/id"}},
    ).opt,
)
async def add_document(
    request: AnyRequest,
    add_document: NamedDependency[SkipValidation[UseCase[AddDocument, Document]]],
) -> Response[bytes]:
    """Hand a document in, so that it is searched with the rest.

    What it is follows from what is in it. The file itself is not kept, but what it says.
    """
    data = await DOCUMENT.of(request)
    key = await IdempotencyKey.of(request)
    command = AddDocument(
        actor=actor_of(request),
        title=data.title,
        body=data.content,
        language=data.language,
        release=data.release,
        once=key.once(_added),
    )
    return respond(_added(await add_document(command)))


@post(
    "/v1/documents/batch",
    status_code=200,
    opt=Operation(
        tag="documentation",
        needs=Permission.WRITE_DOCUMENTATION,
        sends=(IDEMPOTENCY_KEY,),
        body=DOCUMENTS,
        shows=DocumentsBody,
    ).opt,
)
async def add_documents(
    request: AnyRequest,
    add_documents: NamedDependency[SkipValidation[UseCase[AddDocuments, HandedIn]]],
) -> Response[bytes]:
    """Hand up to 20 documents in at once.

    Those that can be read are added together; the others are told of, each with the reason.
    """
    data = await DOCUMENTS.of(request)
    key = await IdempotencyKey.of(request)
    said = worded(partial(DocumentsBody.of, [each.title for each in data.documents]))
    command = AddDocuments(
        actor=actor_of(request),
        documents=[each.new() for each in data.documents],
        once=key.once(said),
    )
    return respond(said(await add_documents(command)))


@get(
    "/v1/documents",
    opt=Operation(
        tag="documentation",
        needs=Permission.READ_DOCUMENTATION,
        query=LIST,
        shows=DocumentPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_documents(
    request: AnyRequest, document_views: NamedDependency[SkipValidation[DocumentViews]]
) -> Response[bytes]:
    """Documents, in the order in which they were handed in."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await document_views.documents(actor_of(request), slice=cursors.slice(query))
    items = [DocumentBody.of(document) for document in page.items]
    return cursors.respond(DocumentPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/documents/{document_id:uuid}",
    opt=Operation(
        tag="documentation",
        needs=Permission.READ_DOCUMENTATION,
        sends=(IF_NONE_MATCH,),
        shows=DocumentBody,
        refuses=(DocumentNotFound,),
    ).opt,
)
async def read_document(
    request: AnyRequest,
    document_id: FromPath[UUID],
    document_views: NamedDependency[SkipValidation[DocumentViews]],
) -> Response[bytes]:
    """One document; its passages are found by searching with its id as `site_id`."""
    document = await document_views.document(actor_of(request), DocumentId(document_id))
    return tagged(request, DocumentBody.of(document), version=document.version)


@put(
    "/v1/documents/{document_id:uuid}",
    opt=Operation(
        tag="documentation",
        needs=Permission.WRITE_DOCUMENTATION,
        sends=(IF_MATCH,),
        body=DOCUMENT,
        shows=DocumentBody,
        refuses=(DocumentNotFound, UnreadableDocument),
    ).opt,
)
async def replace_document(
    request: AnyRequest,
    document_id: FromPath[UUID],
    replace_document: NamedDependency[SkipValidation[UseCase[ReplaceDocument, Document]]],
) -> Response[bytes]:
    """Hand in another in its place; passages that are in both stay what they are."""
    data = await DOCUMENT.of(request)
    command = ReplaceDocument(
        actor=actor_of(request),
        document_id=DocumentId(document_id),
        title=data.title,
        body=data.content,
        language=data.language,
        release=data.release,
        version=seen_version(request),
    )
    document = await replace_document(command)
    return respond(answer(DocumentBody.of(document), version=document.version))


@delete(
    "/v1/documents/{document_id:uuid}",
    status_code=200,
    opt=Operation(
        tag="documentation",
        needs=Permission.WRITE_DOCUMENTATION,
        sends=(IF_MATCH,),
        shows=DocumentBody,
        refuses=(DocumentNotFound,),
    ).opt,
)
async def delete_document(
    request: AnyRequest,
    document_id: FromPath[UUID],
    delete_document: NamedDependency[SkipValidation[UseCase[DeleteDocument, Document]]],
) -> Response[bytes]:
    """Take a document away: nothing of it is found any more. What was quoted of it stays."""
    await no_body(request)
    command = DeleteDocument(
        actor=actor_of(request),
        document_id=DocumentId(document_id),
        version=seen_version(request),
    )
    document = await delete_document(command)
    return respond(answer(DocumentBody.of(document), version=document.version))


router = Router(
    "/",
    route_handlers=[
        add_document,
        add_documents,
        list_documents,
        read_document,
        replace_document,
        delete_document,
    ],
)
