"""Documents that people hand in, in JSON."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from application.documentation.add_documents import HandedIn
from application.documentation.keep_documents import NewDocument
from domain.documentation.documents import Document, DocumentFormat
from entrypoints.http.page_shapes import Language, VersionOfPage
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.problem_pages import Code
from entrypoints.http.refusals import TEXT
from entrypoints.http.shapes import BASE64, ONE_LINE, Identifier, Input, Moment, Output, Version

LARGEST_FILE = 10_000_000
MOST_AT_ONCE = 20

Title = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=200, examples=["House rules"])
]
File = Annotated[
    bytes,
    Meta(
        max_length=LARGEST_FILE,
        extra_json_schema={"pattern": BASE64},
        description="The file in base64: PDF, DOCX, HTML, Markdown, CSV or text.",
    ),
]
Size = Annotated[int, Meta(ge=1, le=LARGEST_FILE, examples=[48_213])]
Passages = Annotated[int, Meta(ge=1, le=1_000_000, examples=[12])]
Sha256 = Annotated[
    str,
    Meta(pattern=r"^[0-9a-f]{64}$(?!\n)", min_length=64, max_length=64, examples=["9f" * 32]),
]


class DocumentInput(Input, frozen=True):
    """`language` and `release`, the version it is about, are found with its passages."""

    title: Title
    content: File
    language: Language | None = None
    release: VersionOfPage | None = None

    def new(self) -> NewDocument:
        return NewDocument(
            title=self.title, body=self.content, language=self.language, release=self.release
        )


class DocumentBody(Output, frozen=True):
    """`format` is what the file was found to be; `sha256` and `size` are those of the file."""

    id: Identifier
    version: Version
    title: Title
    format: DocumentFormat
    size: Size
    sha256: Sha256
    passages: Passages
    language: Language | None
    release: VersionOfPage | None
    handed_in_at: Moment

    @classmethod
    def of(cls, document: Document) -> "DocumentBody":
        return cls(
            id=document.id,
            version=document.version,
            title=document.title,
            format=document.contents.format,
            size=document.contents.size,
            sha256=document.contents.digest,
            passages=document.contents.passages,
            language=document.language,
            release=document.release,
            handed_in_at=document.handed_in_at,
        )


Documents = Annotated[int, Meta(ge=0, le=MOST_AT_ONCE, examples=[19])]


class DocumentsInput(Input, frozen=True):
    documents: Annotated[Sequence[DocumentInput], Meta(min_length=1, max_length=MOST_AT_ONCE)]


class DocumentNotReadBody(Output, frozen=True):
    """`place` is that in the request, from 0."""

    place: Annotated[int, Meta(ge=0, le=MOST_AT_ONCE - 1, examples=[3])]
    title: Title
    code: Code
    detail: Annotated[str, Meta(max_length=2000, pattern=TEXT)]


class DocumentsBody(Output, frozen=True):
    """`documents` are those that were added, in the order in which they came."""

    added: Documents
    refused: Documents
    documents: Annotated[Sequence[DocumentBody], Meta(max_length=MOST_AT_ONCE)]
    refusals: Annotated[Sequence[DocumentNotReadBody], Meta(max_length=MOST_AT_ONCE)]

    @classmethod
    def of(cls, titles: Sequence[str], handed_in: HandedIn) -> "DocumentsBody":
        return cls(
            added=len(handed_in.added),
            refused=len(handed_in.not_read),
            documents=[DocumentBody.of(each) for each in handed_in.added],
            refusals=[
                DocumentNotReadBody(
                    place=each.place,
                    title=titles[each.place],
                    code=each.why.code,
                    detail=str(each.why),
                )
                for each in handed_in.not_read
            ],
        )


class DocumentPage(Output, frozen=True):
    items: Annotated[Sequence[DocumentBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
