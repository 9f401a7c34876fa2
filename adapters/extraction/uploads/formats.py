"""What a file is, by what is in it: names and media types are said by strangers."""

import codecs
import csv
import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from domain.documentation.documents import DocumentFormat, Unfit, UnreadableDocument

PDF_BEGINS_WITHIN = 1024
WORDS_OF_DOCX = "word/document.xml"
MARKUP = re.compile(r"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
HEADING = re.compile(r"^#{1,6} \S|^(```|~~~)|\]\(\S+\)", re.MULTILINE)
UNWRITTEN = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
DELIMITERS = ",;\t|"
LOOKED_AT = 64_000


def format_of(body: bytes) -> DocumentFormat:
    """Raises UnreadableDocument."""
    if not body.strip():
        raise UnreadableDocument(Unfit.EMPTY.value)
    if b"%PDF-" in body[:PDF_BEGINS_WITHIN]:
        return DocumentFormat.PDF
    if body.startswith(b"PK"):
        return _zipped(body)
    text = text_of(body)[:LOOKED_AT]
    if text.lstrip().startswith("<") and MARKUP.search(text):
        return DocumentFormat.HTML
    if _is_table(text):
        return DocumentFormat.CSV
    return DocumentFormat.MARKDOWN if HEADING.search(text) else DocumentFormat.TEXT


def text_of(body: bytes) -> str:
    """As UTF-8 or UTF-16, or else as the tables of Western offices are written: Windows-1252.

    Raises UnreadableDocument for what nobody has written as text.
    """
    utf16 = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = body.decode("utf-16") if utf16 else _of_bytes(body)
    except UnicodeDecodeError:
        raise UnreadableDocument(Unfit.UNKNOWN_FORMAT.value) from None
    if UNWRITTEN.search(text):
        raise UnreadableDocument(Unfit.UNKNOWN_FORMAT.value)
    return text


def _of_bytes(body: bytes) -> str:
    """Raises UnicodeDecodeError."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("windows-1252")


def delimiter_of(text: str) -> str:
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _zipped(body: bytes) -> DocumentFormat:
    try:
        with ZipFile(BytesIO(body)) as file:
            names = file.namelist()
    except (BadZipFile, NotImplementedError, ValueError, EOFError):
        raise UnreadableDocument(Unfit.BROKEN.value) from None
    if WORDS_OF_DOCX not in names:
        raise UnreadableDocument(Unfit.UNKNOWN_FORMAT.value)
    return DocumentFormat.DOCX


def _is_table(text: str) -> bool:
    """Rows that all have as many columns, and more than one."""
    whole = text if len(text) < LOOKED_AT else text.rpartition("\n")[0]
    try:
        rows = [row for row in csv.reader(whole.splitlines(), delimiter=delimiter_of(text)) if row]
    except csv.Error:
        return False
    return len(rows) > 1 and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1
