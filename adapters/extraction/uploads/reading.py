"""From the bytes of a file to its passages."""

import csv
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from adapters.extraction.drafts import Draft, tidy
from adapters.extraction.generic import read_html
from adapters.extraction.uploads.formats import delimiter_of, format_of, text_of
from adapters.extraction.uploads.pdf import drafts_of_pdf
from adapters.extraction.uploads.word import drafts_of_docx
from adapters.extraction.uploads.written import WRITTEN, understood, written_page
from application.documentation.document_ports import ReadDocument
from domain.documentation.documents import DocumentFormat, Unfit, UnreadableDocument
from domain.documentation.pages import ReadPage


def read_document(body: bytes, title: str) -> ReadDocument:
    """Raises UnreadableDocument."""
    format = format_of(body)
    return understood(format, body, title, _page(format, body, title))


def _page(format: DocumentFormat, body: bytes, title: str) -> ReadPage:
    if format is DocumentFormat.HTML:
        told = text_of(body).encode()
        return read_html(told, url="https://handed.in/", content_type="text/html; charset=utf-8")
    if format in WRITTEN:
        return written_page(body, title)
    drafts = list(_drafts(format, body, title))
    sections = tuple(section for each in drafts if each.blocks for section in each.sections())
    return ReadPage(title=title, sections=sections)


def _drafts(format: DocumentFormat, body: bytes, title: str) -> Iterator[Draft]:
    if format is DocumentFormat.DOCX:
        return drafts_of_docx(body, title)
    if format is DocumentFormat.CSV:
        return _drafts_of_csv(text_of(body), title)
    try:
        return drafts_of_pdf(PdfReader(BytesIO(body)), title)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableDocument(Unfit.BROKEN.value) from None


def _drafts_of_csv(text: str, title: str) -> Iterator[Draft]:
    """Each row says its headings with it: it is found without those above it."""
    rows = csv.reader(text.splitlines(), delimiter=delimiter_of(text))
    header = next(rows)
    blocks = [
        tidy("; ".join(f"{name}: {value}" for name, value in zip(header, row, strict=False)))
        for row in rows
        if any(row)
    ]
    yield Draft(anchor="", path=(title,), blocks=blocks)
