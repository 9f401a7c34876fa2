"""Files with an object a line: read a window at a time, from wherever a page ended."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from adapters.connectors import json_lines, windows
from adapters.connectors.json_lines import JsonLinesConnector
from application.pipelines.connecting import BadRecordsAt, Cursor, Origin, Record
from domain.kernel.identifiers import DataSourceId, OrganizationId
from domain.pipelines.source_options import JsonLinesOptions, SourceKind
from domain.pipelines.sources import Connection
from tests.contract.test_text_sources import MemoryParts

pytestmark = pytest.mark.anyio

GUESTS = (
    '{"name": "Ada", "nights": 2}\r\n\n{"name": "Gr\\nace"}\n'
    '{"name": "Käthe", "in": [1, {"a": null}]}'
)
READ: Sequence[Record] = [
    {"name": "Ada", "nights": 2},
    {"name": "Gr\nace"},
    {"name": "Käthe", "in": [1, {"a": None}]},
]


def origin(options: JsonLinesOptions | None = None) -> Origin:
    return Origin(
        organization_id=OrganizationId(UUID(int=7)),
        id=DataSourceId(UUID(int=1)),
        connection=Connection(kind=SourceKind.JSON_LINES, options=options or JsonLinesOptions()),
    )


async def everything(
    content: str | bytes, *, limit: int = 2, options: JsonLinesOptions | None = None
) -> tuple[list[Record], list[tuple[str, str]]]:
    data = content if isinstance(content, bytes) else content.encode()
    connector = JsonLinesConnector(MemoryParts(data))
    records: list[Record] = []
    bad: list[tuple[str, str]] = []
    after: Cursor | None = None
    while True:
        page = await connector.page(origin(options), after, limit=limit)
        records += page.records
        bad += [(each.at, each.reason) for each in page.bad]
        if page.next is None:
            return records, bad
        assert page.next != after
        after = page.next


@pytest.mark.parametrize("limit", [1, 2, 100])
async def test_every_record_comes_once_however_the_pages_are_cut(limit: int) -> None:
    assert await everything(GUESTS, limit=limit) == (READ, [])


async def test_windows_are_cut_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for size in range(50, 90):
        monkeypatch.setattr(windows, "WINDOW", size)

        assert await everything(b"\xef\xbb\xbf" + GUESTS.encode()) == (READ, [])


async def test_each_cursor_leads_to_what_comes_after_it() -> None:
    connector = JsonLinesConnector(MemoryParts(GUESTS.encode()))
    first = await connector.page(origin(), None, limit=1)

    for _ in range(2):
        assert (await connector.page(origin(), first.next, limit=9)).records == READ[1:]


async def test_bad_lines_are_named_and_passed_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "LONGEST_LINE", 40)
    monkeypatch.setattr(json_lines, "MOST_MEMBERS", 2)
    said = ['{"a": 1}', "{", "[1]", '{"a": "' + "x" * 60 + '"}', '{"a":1,"b":2,"c":3}', '{"a": 2}']
    records, bad = await everything("\n".join(said))

    assert records == [{"a": 1}, {"a": 2}]
    assert bad == [
        ("record 2", "malformed"),
        ("record 3", "no_object"),
        ("record 4", "record_too_long"),
        ("record 5", "too_many_columns"),
    ]


async def test_numbers_and_names_come_as_they_are_said() -> None:
    renamed = JsonLinesOptions(names={"Gast": "guest"})
    records, _ = await everything('{"Gast": 9007199254740993, "b": 0.1}', options=renamed)

    assert records == [{"guest": 9007199254740993, "b": 0.1}]


async def test_a_line_without_an_end_is_no_reason_to_read_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(windows, "WINDOW", 32)

    with pytest.raises(BadRecordsAt, match="record_too_long at record 1"):
        await everything("x" * 200)


async def test_bytes_that_are_no_text_say_where() -> None:
    with pytest.raises(BadRecordsAt, match="bad_encoding at byte 9"):
        await everything(b'{"a": 1}\n\xff\n')


async def test_a_file_that_was_replaced_is_read_from_its_beginning() -> None:
    parts = MemoryParts(GUESTS.encode())
    connector = JsonLinesConnector(parts)
    first = await connector.page(origin(), None, limit=1)
    parts.content = b'{"name": "Bo"}\n'

    assert (await connector.page(origin(), first.next, limit=9)).records == [{"name": "Bo"}]


async def test_nothing_at_all_is_no_trouble() -> None:
    assert await everything("") == ([], [])
    assert await everything("\n\r\n  \n") == ([], [])
