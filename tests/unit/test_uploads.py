"""Files that people hand in: what they are, what they say, and what is refused."""

import sys
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from adapters.extraction.uploads import word
from adapters.extraction.uploads.apart import DocumentsApart
from adapters.extraction.uploads.reading import read_document
from domain.documentation.documents import DocumentFormat, UnreadableDocument

pytestmark = pytest.mark.anyio

FONT = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    }
)
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>
<w:r><w:t>Hello &e;</w:t></w:r></w:p></w:body></w:document>"""


def a_pdf(*pages: str, lock: str | None = None) -> bytes:
    writer, file = PdfWriter(), BytesIO()
    for text in pages:
        page = writer.add_blank_page(200, 200)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 10 100 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)  # noqa: SLF001
        fonts = DictionaryObject({NameObject("/F1"): FONT})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if lock is not None:
        writer.encrypt(lock)
    writer.write(file)
    return file.getvalue()


def endless_pdf(said: int) -> bytes:
    """Its pages are each other's."""
    writer, file = PdfWriter(), BytesIO()
    writer.add_blank_page(10, 10)
    root: Any = writer._root_object["/Pages"]  # noqa: SLF001
    root[NameObject("/Kids")] = ArrayObject([root.indirect_reference])
    root[NameObject("/Count")] = NumberObject(said)
    writer.write(file)
    return file.getvalue()


def a_docx() -> bytes:
    document, file = Document(), BytesIO()
    document.add_heading("Rooms", 1)
    document.add_paragraph("Keys are at the desk.")
    document.add_heading("Late arrival", 2)
    document.add_paragraph("Ring the bell.")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Bell", "north door"
    document.save(file)
    return file.getvalue()


def zipped(**parts: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


def laughing_docx() -> bytes:
    """With entities in entities where the words should be."""
    file = BytesIO()
    with ZipFile(BytesIO(a_docx())) as good, ZipFile(file, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, LAUGHS if name == "word/document.xml" else good.read(name))
    return file.getvalue()


def refused(body: bytes) -> str:
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(body, "Rules")
    return refusal.value.why


@pytest.mark.parametrize(
    ("body", "format", "text"),
    [
        (a_pdf("Keys are here"), DocumentFormat.PDF, "Keys are here"),
        (a_docx(), DocumentFormat.DOCX, "Keys are at the desk."),
        (b"<!DOCTYPE html><h1>Keys</h1><p>At the desk.", DocumentFormat.HTML, "At the desk."),
        (b"# Keys\n\nAt the desk.", DocumentFormat.MARKDOWN, "At the desk."),
        (b"room,key\n1,left\n2,right\n", DocumentFormat.CSV, "room: 1; key: left"),
        ("Schlüssel am Empfang.".encode("utf-16"), DocumentFormat.TEXT, "Schlüssel am Empfang."),
        pytest.param("a;b\n1;9 €".encode("utf-16"), DocumentFormat.CSV, "b: 9 €", id="utf-16"),
        pytest.param("a;b\n1;9 €".encode("cp1252"), DocumentFormat.CSV, "b: 9 €", id="cp1252"),
    ],
    ids=lambda value: value.value if isinstance(value, DocumentFormat) else "",
)
def test_files_are_told_apart_by_what_is_in_them(
    body: bytes, format: DocumentFormat, text: str
) -> None:
    read = read_document(body, "Rules")

    assert read.contents.format is format
    assert read.contents.size == len(body)
    assert any(text in section.text for section in read.page.sections)
    assert read.contents.passages == len(read.page.sections) == len(read.page.words)


def test_passages_of_documents_have_their_place() -> None:
    pdf = read_document(a_pdf("Keys", "", "Bell"), "Rules").page.sections
    docx = read_document(a_docx(), "Rules").page.sections

    assert [(one.anchor, one.path) for one in pdf] == [
        ("page=1", ("Rules", "Page 1")),
        ("page=3", ("Rules", "Page 3")),
    ]
    assert [one.path for one in docx] == [
        ("Rules", "Rooms"),
        ("Rules", "Rooms", "Late arrival"),
    ]
    assert docx[1].text == "Ring the bell.\n\nBell | north door"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b" \n", "empty"),
        (a_pdf(""), "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "unknown_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unknown_format"),
        (b"no letter of anybody's: \x81", "unknown_format"),
        (zipped(a=b"1"), "unknown_format"),
        (b"PK\x03\x04 and no more", "broken"),
        (b"%PDF-1.7 and no more", "broken"),
        (zipped(word__document=b"<a>"), "broken"),
        (a_pdf("Keys", lock="closed"), "encrypted"),
        (endless_pdf(1_000_000), "too_many_pages"),
        (endless_pdf(1), "broken"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(body: bytes, why: str) -> None:
    assert refused(body) == why


def test_what_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "MOST_BYTES", 1_000_000)
    assert refused(zipped(word__document=b" " * 2_000_000)) == "too_large_inside"


def test_entities_in_entities_are_not_followed() -> None:
    try:
        read = read_document(laughing_docx(), "Rules")
    except UnreadableDocument:
        return
    assert sum(len(section.text) for section in read.page.sections) < 1000


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("import time; time.sleep(60)", "took_too_long"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "took_too_long"),
        ("import os; os.abort()", "broken"),
        ("print('no answer')", "broken"),
    ],
)
async def test_whatever_becomes_of_the_process_is_a_refusal(program: str, why: str) -> None:
    read = DocumentsApart(longest=1.0, command=("-S", "-c", program))

    with pytest.raises(UnreadableDocument) as refusal:
        await read(b"Keys", title="Rules")
    assert refusal.value.why == why


async def test_documents_are_read_in_a_process_of_their_own() -> None:
    before = set(sys.modules)
    read = await DocumentsApart()(b"# Keys\n\nAt the desk.", title="Rules")

    assert read == read_document(b"# Keys\n\nAt the desk.", "Rules")
    assert set(sys.modules) == before
