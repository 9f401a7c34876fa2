"""Documents that are text already: read as they are, without a process of their own."""

import hashlib

import attrs

from adapters.extraction.markdown import read_markdown
from adapters.extraction.uploads.formats import format_of, text_of
from adapters.mapping.postings import words_of
from application.documentation.document_ports import ReadDocument
from domain.documentation.documents import Contents, DocumentFormat, Unfit, UnreadableDocument
from domain.documentation.pages import ReadPage
from domain.documentation.weighing import weigh

MOST_PASSAGES = 20_000
WRITTEN = {DocumentFormat.MARKDOWN, DocumentFormat.TEXT}


def read_text(text: str, title: str) -> ReadDocument:
    """Raises UnreadableDocument."""
    body = text.encode()
    format = format_of(body)
    # Commas make no table of what was sent as a text.
    format = DocumentFormat.TEXT if format is DocumentFormat.CSV else format
    if format not in WRITTEN:
        raise UnreadableDocument(Unfit.UNKNOWN_FORMAT.value)
    return understood(format, body, title, written_page(body, title))


def written_page(body: bytes, title: str) -> ReadPage:
    return read_markdown(text_of(body).encode(), url=title, content_type="text/markdown")


def understood(format: DocumentFormat, body: bytes, title: str, page: ReadPage) -> ReadDocument:
    """Raises UnreadableDocument if it says nothing, or too much."""
    if not any(section.text.strip() for section in page.sections):
        raise UnreadableDocument(Unfit.EMPTY.value)
    if len(page.sections) > MOST_PASSAGES:
        raise UnreadableDocument(Unfit.TOO_MANY_PAGES.value)
    words = tuple(words_of(weigh(section)) for section in page.sections)
    return ReadDocument(
        contents=Contents(
            format=format,
            size=len(body),
            digest=hashlib.sha256(body).hexdigest(),
            passages=len(page.sections),
        ),
        page=attrs.evolve(page, title=title, links=(), canonical=None, words=words),
    )
