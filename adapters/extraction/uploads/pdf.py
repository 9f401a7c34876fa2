"""PDF: a passage for each page, or more where a page says much."""

import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from adapters.extraction.drafts import Draft, tidy
from domain.documentation.documents import Unfit, UnreadableDocument

MOST_PAGES = 2_000
BREAK = re.compile(r"\n\s*\n")


def drafts_of_pdf(reader: PdfReader, title: str) -> Iterator[Draft]:
    """Raises UnreadableDocument."""
    try:
        if reader.is_encrypted:
            raise UnreadableDocument(Unfit.ENCRYPTED.value)
        if _said(reader) > MOST_PAGES or len(reader.pages) > MOST_PAGES:
            raise UnreadableDocument(Unfit.TOO_MANY_PAGES.value)
        for number, page in enumerate(reader.pages, start=1):
            blocks = [tidy(block) for block in BREAK.split(page.extract_text())]
            told = [block for block in blocks if block]
            if told:
                yield Draft(anchor=f"page={number}", path=(title, f"Page {number}"), blocks=told)
    except LimitReachedError:
        raise UnreadableDocument(Unfit.TOO_LARGE_INSIDE.value) from None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableDocument(Unfit.BROKEN.value) from None


def _said(reader: PdfReader) -> int:
    """How many pages it says it has: believed where that spares us from counting."""
    tree: Any = reader.root_object["/Pages"]
    return int(tree.get("/Count", 0))
