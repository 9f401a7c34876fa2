"""Files of every format say what the rows say."""

from io import BytesIO
from typing import Any
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import attrs
import pytest
from pyarrow import parquet  # type: ignore[import-untyped]
from pypdf import PdfReader

from adapters.rendering.report_printer import ReportPrinter
from adapters.rendering.workbooks import WorkbookMaker
from application.analytics.run_export import RunExportHandler
from domain.analytics.exports import ExportFormat
from tests.http.desk import Desk, problem
from tests.http.test_exports import MARCH, Died, Mortal, ask, run

pytestmark = pytest.mark.anyio

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PNG = b"\x89PNG\r\n"


async def sold(desk: Desk) -> list[str]:
    room = await desk.rooms(capacity=3, name="=1+1")
    return sorted([(await desk.hold(room)).json()["reference"] for _ in range(3)])


async def file_of(desk: Desk, format: str) -> bytes:
    export_id = await ask(desk, format=format, zone="Europe/Lisbon")
    done = await run(desk, export_id)
    assert (done["state"], done["rows"]) == ("completed", 3), done
    return (await desk.get(f"/v1/exports/{export_id}/file")).content


def sheet(file: bytes, name: str = "sheet1") -> list[list[tuple[str | None, str]]]:
    """The type and the text of each cell."""
    root = fromstring(ZipFile(BytesIO(file)).read(f"xl/worksheets/{name}.xml"))  # noqa: S314
    return [
        [(cell.get("t"), "".join(cell.itertext())) for cell in row]
        for row in root.iter(f"{SHEET}row")
    ]


async def test_a_workbook_holds_texts_and_runs_nothing(any_desk: Desk) -> None:
    references = await sold(any_desk)
    file = await file_of(any_desk, "xlsx")
    head, *rows = sheet(file)
    titles = [text for _, text in head]
    assert titles[:2] == ["Id", "Reference"]
    assert "Starts at (Europe/Lisbon)" in titles
    assert sorted(row[1][1] for row in rows) == references
    assert {row[titles.index("Title")] for row in rows} == {("inlineStr", "=1+1")}
    assert {row[titles.index("Total minor")][1] for row in rows} == {"9900"}
    assert b"<f>" not in ZipFile(BytesIO(file)).read("xl/worksheets/sheet1.xml")


async def test_what_does_not_fit_on_a_sheet_is_on_the_next(desk: Desk) -> None:
    await sold(desk)
    usual: RunExportHandler = desk.container.reports.run_export()
    makers = {**usual.file_makers, ExportFormat.XLSX: WorkbookMaker(rows_in_a_sheet=2)}
    export_id = await ask(desk, format="xlsx")
    await run(desk, export_id, file_makers=makers)
    file = (await desk.get(f"/v1/exports/{export_id}/file")).content
    assert [len(sheet(file, name)) for name in ("sheet1", "sheet2")] == [3, 2]


async def test_parquet_has_types(any_desk: Desk) -> None:
    references = await sold(any_desk)
    table = parquet.read_table(BytesIO(await file_of(any_desk, "parquet")))
    rows: list[dict[str, Any]] = table.to_pylist()
    assert sorted(row["reference"] for row in rows) == references
    assert {(row["title"], row["total_minor"]) for row in rows} == {("=1+1", 9900)}
    assert str(table.schema.field("starts_at").type) == "timestamp[us, tz=UTC]"


async def test_a_report_on_paper_has_its_rows_and_a_picture(any_desk: Desk) -> None:
    references = await sold(any_desk)
    read = PdfReader(BytesIO(await file_of(any_desk, "pdf")))
    text = "".join(page.extract_text() for page in read.pages)
    assert all(reference in text for reference in references)
    assert all(words in text for words in ("Bookings", "Europe/Lisbon", "Starts at"))


async def test_what_is_too_long_to_print_fails_and_says_so(desk: Desk) -> None:
    await sold(desk)
    usual: RunExportHandler = desk.container.reports.run_export()
    printer = usual.file_makers[ExportFormat.PDF]
    assert isinstance(printer, ReportPrinter)
    makers = {ExportFormat.PDF: attrs.evolve(printer, most_rows=2)}
    export_id = await ask(desk, format="pdf")
    failed = await run(desk, export_id, file_makers=makers)
    assert (failed["state"], failed["problem"]) == ("failed", "too_long_to_print")


async def test_a_file_that_was_half_made_is_made_again(desk: Desk) -> None:
    references = await sold(desk)
    export_id = await ask(desk, format="xlsx")
    work = desk.container.reports.unit_of_work()
    for transactions in (2, 3):  # within the rows, and within the file
        with pytest.raises(Died):
            await run(desk, export_id, unit_of_work=Mortal(work, transactions))
    assert (await run(desk, export_id))["state"] == "completed"
    file = (await desk.get(f"/v1/exports/{export_id}/file")).content
    assert sorted(row[1][1] for row in sheet(file)[1:]) == references


async def test_a_report_is_drawn_without_scripts_and_with_words(any_desk: Desk) -> None:
    await sold(any_desk)
    path, asked = "/v1/reports/bookings/chart", {**MARCH, "zone": "Europe/Lisbon"}
    drawn = await any_desk.get(path, params=asked)
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert drawn.headers["Content-Security-Policy"].startswith("default-src 'none'")
    root = fromstring(drawn.text)  # noqa: S314
    assert root.get("role") == "img"
    names = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert names[1:3] == ["title", "desc"]
    assert "script" not in names
    assert "Starts at (Europe/Lisbon)" in drawn.text
    dots = await any_desk.get(path, params={**asked, "format": "png"})
    assert dots.content.startswith(PNG)


async def test_what_cannot_be_drawn_is_said(desk: Desk) -> None:
    nothing = await desk.get("/v1/reports/ledger/chart")
    assert problem(nothing) == (404, "nothing_to_draw")
    long = {"from": "1999-01-01T00:00:00Z", "until": "2027-01-01T00:00:00Z", "interval": "hour"}
    refused = await desk.get("/v1/reports/bookings/chart", params=long)
    assert problem(refused) == (422, "too_many_intervals")
