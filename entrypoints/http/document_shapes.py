"""Documents that people hand in, in JSON."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from domain.documentation.documents import Document, DocumentFormat
from entrypoints.http.page_shapes import Language, VersionOfPage
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import BASE64, ONE_LINE, Identifier, Input, Moment, Output, Version

LARGEST_FILE = 10_000_000

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


class DocumentPage(Output, frozen=True):
    items: Annotated[Sequence[DocumentBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
