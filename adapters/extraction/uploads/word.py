"""DOCX: headings begin passages, a table is a line for each row."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.opc.exceptions import OpcError
from docx.table import Table

from adapters.extraction.drafts import Draft, tidy
from domain.documentation.documents import Unfit, UnreadableDocument

MOST_PARTS = 2_000
MOST_BYTES = 100_000_000
"""Of all parts together, unpacked: a letter of a thousand pages has a tenth of it."""

HEADING = re.compile(r"Heading ([1-9])")


def drafts_of_docx(body: bytes, title: str) -> Iterator[Draft]:
    """Raises UnreadableDocument."""
    _must_be_small(body)
    try:
        document = Document(BytesIO(body))
        yield from _drafts(document.iter_inner_content(), title)
    except (OpcError, BadZipFile, ValueError, KeyError, TypeError, AttributeError, SyntaxError):
        raise UnreadableDocument(Unfit.BROKEN.value) from None


def _must_be_small(body: bytes) -> None:
    """What a part is said to be unpacked is all that is ever unpacked of it."""
    with ZipFile(BytesIO(body)) as file:
        parts = file.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise UnreadableDocument(Unfit.TOO_LARGE_INSIDE.value)


def _drafts(blocks: Iterator[object], title: str) -> Iterator[Draft]:
    headings, draft = list[tuple[int, str]](), Draft(anchor="", path=(title,))
    for block in blocks:
        if isinstance(block, Table):
            draft.blocks.append(_rows(block))
            continue
        text, level = tidy(getattr(block, "text", "")), _level(block)
        if not text:
            continue
        if level is None:
            draft.blocks.append(text)
            continue
        if draft.blocks:
            yield draft
        headings = [each for each in headings if each[0] < level] + [(level, text)]
        draft = Draft(anchor="", path=(title, *(each for _, each in headings)))
    yield draft


def _level(block: object) -> int | None:
    style = getattr(getattr(block, "style", None), "name", None) or ""
    found = HEADING.fullmatch(style)
    return int(found.group(1)) if found else None


def _rows(table: Table) -> str:
    return "\n".join(" | ".join(tidy(cell.text) for cell in row.cells) for row in table.rows)
