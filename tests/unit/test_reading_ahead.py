"""A file is read ahead, and each page of it is what it would be without."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from uuid import UUID

import attrs
import pytest

from adapters.connectors.json_lines import JsonLinesConnector
from adapters.connectors.parts import FilePart, Parts
from adapters.connectors.reading_ahead import AHEAD, KEPT_FOR, ReadingAhead
from adapters.connectors.separated import CsvConnector
from application.pipelines.connecting import Connector, Cursor, Origin, Record
from domain.kernel.identifiers import DataSourceId
from domain.pipelines.source_options import CsvOptions, JsonLinesOptions, SourceKind
from tests.contract.data_desks import everything, origin
from tests.fakes.time import Time

pytestmark = pytest.mark.anyio

ROWS = 60_000
FILE = "".join(["name,nights,remark\n", *(f"guest-{n},{n},{'x' * 100}\n" for n in range(ROWS))])
LINES = "".join(f'{{"name": "guest-{n}"}}\n' for n in range(ROWS))
CSV = origin(SourceKind.CSV, CsvOptions(), "http://there.example/guests.csv")


@attrs.define
class Asked(Parts):
    """Of a content with a tag; `asked` is where reading began each time."""

    content: bytes
    asked: list[int] = attrs.field(factory=list)

    async def __call__(self, origin: Origin, /, *, offset: int, most: int) -> FilePart:
        self.asked.append(offset)
        data = self.content[offset : offset + most]
        tag = f"{len(self.content)}-{self.content[:1]!r}"
        return FilePart(data=data, ends=offset + len(data) >= len(self.content), tag=tag)


def clock() -> Time:
    return Time(datetime(2026, 3, 1, tzinfo=timezone.utc))


async def pages(connector: Connector, source: Origin) -> Sequence[tuple[Sequence[Record], object]]:
    after: Cursor | None = None
    found = []
    while True:
        page = await connector.page(source, after, limit=5_000)
        found.append((page.records, page.next))
        if page.next is None:
            return found
        after = page.next


async def test_pages_and_cursors_are_as_they_would_be_without() -> None:
    there = Asked(FILE.encode())
    plain = await pages(CsvConnector(Asked(FILE.encode())), CSV)
    ahead = await pages(CsvConnector(ReadingAhead(parts=there, clock=clock())), CSV)

    assert ahead == plain
    assert sum(len(records) for records, _ in ahead) == ROWS
    assert len(there.asked) <= len(FILE) // (AHEAD // 2) + 1 < len(ahead)


async def test_a_small_file_is_asked_for_once() -> None:
    there = Asked(LINES.encode())
    source = origin(SourceKind.JSON_LINES, JsonLinesOptions(), "http://there.example/guests")
    connector = JsonLinesConnector(ReadingAhead(parts=there, clock=clock()))

    assert len(await everything(connector, source, limit=250)) == ROWS
    assert there.asked == [0]


async def test_whoever_begins_has_it_as_it_is_by_then() -> None:
    there = Asked(b"name\nAda\n")
    connector = CsvConnector(ReadingAhead(parts=there, clock=clock()))
    await everything(connector, CSV, limit=1)
    there.content = b"name\nBert\n"

    assert await everything(connector, CSV, limit=1) == [{"name": "Bert"}]


async def test_what_was_read_long_ago_or_said_otherwise_is_read_again() -> None:
    there, now = Asked(b"name\nAda\nBert\n"), clock()
    connector = CsvConnector(ReadingAhead(parts=there, clock=now))
    page = await connector.page(CSV, None, limit=1)
    elsewhere = attrs.evolve(
        CSV, connection=attrs.evolve(CSV.connection, address="http://else.example/guests.csv")
    )
    await connector.page(elsewhere, page.next, limit=1)
    await connector.page(CSV, page.next, limit=1)
    now.passes(KEPT_FOR)
    await connector.page(CSV, page.next, limit=1)

    assert there.asked == [0, 9, 9, 9]


async def test_only_so_many_files_are_kept() -> None:
    there = Asked(b"name\nAda\nBert\n")
    ahead = ReadingAhead(parts=there, clock=clock())
    ids = [DataSourceId(UUID(int=number)) for number in range(1, 7)]
    for id in ids:
        await ahead(attrs.evolve(CSV, id=id), offset=0, most=10)
    before = len(there.asked)
    await ahead(attrs.evolve(CSV, id=ids[-1]), offset=5, most=10)
    await ahead(attrs.evolve(CSV, id=ids[0]), offset=5, most=10)

    assert len(there.asked) == before + 1


async def test_seconds_pass_within_what_is_kept() -> None:
    there, now = Asked(b"name\nAda\nBert\n"), clock()
    connector = CsvConnector(ReadingAhead(parts=there, clock=now))
    page = await connector.page(CSV, None, limit=1)
    now.passes(KEPT_FOR - timedelta(seconds=1))
    await connector.page(CSV, page.next, limit=1)

    assert there.asked == [0]
