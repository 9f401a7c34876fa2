"""Files of records: read a window at a time, from wherever a page ended."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from uuid import UUID

import anyio
import attrs
import pytest
from aiohttp import web

from adapters.connectors import windows
from adapters.connectors.parts import LARGEST, FilePart, Parts, WebParts
from adapters.connectors.separated import CsvConnector
from adapters.egress.client import Bounds, Egress
from application.pipelines.connecting import (
    BadRecordsAt,
    Connector,
    Cursor,
    Origin,
    Record,
    SourceRefused,
    SourceUnavailable,
)
from application.pipelines.credentials import Credentials
from domain.kernel.identifiers import DataSourceId, OrganizationId
from domain.pipelines.source_options import CsvOptions, Encoding, Options, SourceKind
from domain.pipelines.sources import Connection
from tests.fakes.source_secrets import MemorySecrets
from tests.web_sites import WebSite, web_site

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
ORGANIZATION = OrganizationId(UUID(int=7))
NONE: Mapping[str, str] = {}
TOKEN, OF_OTHERS = {"token": "token"}, {"token": "of-others"}
GUESTS = 'name,nights\nAda,2\n"Grace\nHopper",3\n\nKäthe,1\n'
READ = [
    {"name": "Ada", "nights": "2"},
    {"name": "Grace\nHopper", "nights": "3"},
    {"name": "Käthe", "nights": "1"},
]


@attrs.define
class MemoryParts(Parts):
    content: bytes = b""

    async def __call__(self, origin: Origin, /, *, offset: int, most: int) -> FilePart:
        data = self.content[offset : offset + most]
        ends = offset + most >= len(self.content)
        return FilePart(data=data, ends=ends, tag=str(len(self.content)))


@attrs.frozen
class Desk:
    site: WebSite
    files: MemoryParts
    kept: Connector
    csv: Connector


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with web_site() as site:
        egress = Egress(internal=frozenset({site.host}), bounds=Bounds(seconds=0.5))
        credentials = Credentials(MemorySecrets({f"source-{ORGANIZATION.hex}-token": "s3cret"}))
        files = MemoryParts()
        parts = WebParts(fetch=egress, credentials=credentials, clock=lambda: NOW)
        yield Desk(site, files, CsvConnector(files), CsvConnector(parts))
        await egress.close()


def origin(
    address: str | None = None, options: Options | None = None, secrets: Mapping[str, str] = NONE
) -> Origin:
    connection = Connection(
        kind=SourceKind.CSV,
        options=options or CsvOptions(),
        address=address,
        credentials=secrets,
    )
    return Origin(
        organization_id=ORGANIZATION, id=DataSourceId(UUID(int=1)), connection=connection
    )


async def everything(
    connector: Connector, source: Origin, *, limit: int, after: Cursor | None = None
) -> Sequence[Record]:
    records: list[Record] = []
    while True:
        page = await connector.page(source, after, limit=limit)
        records += page.records
        if page.next is None:
            return records
        after = page.next


@pytest.mark.parametrize("limit", [1, 2, 100])
async def test_every_record_comes_once_however_the_pages_are_cut(desk: Desk, limit: int) -> None:
    desk.files.content = GUESTS.encode()

    assert await everything(desk.kept, origin(), limit=limit) == READ


async def test_each_cursor_leads_to_what_comes_after_it(desk: Desk) -> None:
    desk.files.content = GUESTS.encode()
    first = await desk.kept.page(origin(), None, limit=1)

    for _ in range(2):
        assert await everything(desk.kept, origin(), limit=5, after=first.next) == READ[1:]


async def test_windows_are_cut_anywhere(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.files.content = b"\xef\xbb\xbf" + GUESTS.replace("\n", "\r\n").encode()
    wanted = [{**row, "name": row["name"].replace("\n", "\r\n")} for row in READ]

    for size in range(20, 60):
        monkeypatch.setattr(windows, "WINDOW", size)
        assert await everything(desk.kept, origin(), limit=100) == wanted, size


async def test_servers_with_and_without_ranges_give_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "WINDOW", 24)
    content = GUESTS.encode()

    async def ranged(request: web.BaseRequest) -> web.Response:
        asked = request.http_range
        data = content[asked]
        said = f"bytes {asked.start}-{asked.start + len(data) - 1}/{len(content)}"
        if not data:
            return web.Response(status=416)
        return web.Response(body=data, status=206, headers={"content-range": said})

    desk.site.answers["/ranged"] = ranged
    desk.site.says("/whole", GUESTS)

    for path in ("/ranged", "/whole"):
        assert await everything(desk.csv, origin(desk.site.url(path)), limit=2) == READ


async def test_bad_records_are_named_and_the_others_read(desk: Desk) -> None:
    desk.files.content = b'a,b\n1,2\n3\n4,5,6\n"7"x,8\n9,10\n'

    page = await desk.kept.page(origin(), None, limit=10)

    assert [record["a"] for record in page.records] == ["1", "9"]
    assert [(bad.at, bad.reason) for bad in page.bad] == [
        ("record 3", "too_few_columns"),
        ("record 4", "too_many_columns"),
        ("record 5", "malformed"),
    ]


async def test_headers_are_given_or_named_otherwise(desk: Desk) -> None:
    desk.files.content = "1;\xe4\n".encode("iso-8859-1")
    options = CsvOptions(
        delimiter=";", columns=("x", "y"), names={"y": "z"}, encoding=Encoding.LATIN_1
    )

    assert await everything(desk.kept, origin(options=options), limit=9) == [{"x": "1", "z": "ä"}]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a,a\n1,2\n", "bad_header"),
        (b"a,\n1,2\n", "bad_header"),
        (b",".join(b"c%d" % number for number in range(501)), "too_many_columns"),
        (b"a,b\n\xff\xfe,1\n", "bad_encoding"),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", "record_too_long"),
        (b'a,b\n"' + b"x\n" * 2_000_000, "record_too_long"),
    ],
)
async def test_what_cannot_be_read_ends_it(desk: Desk, content: bytes, reason: str) -> None:
    desk.files.content = content

    with pytest.raises(BadRecordsAt) as ended:
        await everything(desk.kept, origin(), limit=1000)

    assert ended.value.reason == reason


async def test_an_empty_file_has_no_records(desk: Desk) -> None:
    desk.files.content = b""

    assert await everything(desk.kept, origin(), limit=1) == []


async def test_a_file_that_was_replaced_is_read_from_its_beginning(desk: Desk) -> None:
    desk.files.content = GUESTS.encode()
    first = await desk.kept.page(origin(), None, limit=2)
    desk.files.content = b"name,nights\nAlan,4\n"

    again = await everything(desk.kept, origin(), limit=5, after=first.next)

    assert again == [{"name": "Alan", "nights": "4"}]


async def test_servers_are_told_who_asks_and_nobody_else_is(desk: Desk) -> None:
    async def locked(request: web.BaseRequest) -> web.Response:
        right = request.headers.get("authorization") == "Bearer s3cret"
        return web.Response(text=GUESTS, status=200 if right else 401)

    desk.site.answers["/locked"] = locked
    desk.site.moves("/moved", "/locked")

    url = desk.site.url("/locked")
    assert await everything(desk.csv, origin(url, secrets=TOKEN), limit=9) == READ
    with pytest.raises(SourceRefused, match="not_authorized"):
        await desk.csv.page(origin(url), None, limit=1)
    with pytest.raises(SourceRefused, match="no_such_secret"):
        await desk.csv.page(origin(url, secrets=OF_OTHERS), None, limit=1)
    with pytest.raises(SourceRefused, match="redirected"):
        await desk.csv.page(origin(desk.site.url("/moved"), secrets=TOKEN), None, limit=1)


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"retry-after": "120"}, timedelta(seconds=120)),
        ({"retry-after": "Sun, 01 Mar 2026 12:05:00 GMT"}, timedelta(minutes=5)),
        ({"retry-after": "99999999999999999999"}, timedelta(days=1)),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
async def test_a_busy_server_says_when_to_come_again(
    desk: Desk, headers: dict[str, str], pause: timedelta | None
) -> None:
    async def busy(_: web.BaseRequest) -> web.Response:
        return web.Response(status=429, headers=headers)

    desk.site.answers["/busy"] = busy

    with pytest.raises(SourceUnavailable) as told:
        await desk.csv.page(origin(desk.site.url("/busy")), None, limit=1)

    assert told.value.retry_after == pause


async def test_hosts_inside_are_not_asked(desk: Desk) -> None:
    source = origin(f"http://127.0.0.1:{desk.site.port + 1}/")

    with pytest.raises(SourceRefused, match="address_refused"):
        await desk.csv.page(source, None, limit=1)
    verdict = await desk.csv.validate(source, within=timedelta(seconds=1))
    assert (verdict.reachable, verdict.detail) == (False, "address_refused")


async def test_more_than_there_may_be_is_not_asked_for(desk: Desk) -> None:
    far: Cursor = {"offset": LARGEST, "record": 9, "tag": "", "header": None}

    with pytest.raises(SourceRefused, match="too_large"):
        await desk.csv.page(origin(desk.site.url("/guests")), far, limit=1)


async def test_validating_really_asks_and_gives_up_in_time(desk: Desk) -> None:
    desk.site.says("/guests", GUESTS, date="Sun, 01 Mar 2026 12:00:09 GMT", server="crm/4")

    async def never(_: web.BaseRequest) -> web.Response:
        await anyio.sleep(60)
        return web.Response()

    desk.site.answers["/slow"] = never
    good = await desk.csv.validate(origin(desk.site.url("/guests")), within=timedelta(seconds=5))
    slow = await desk.csv.validate(
        origin(desk.site.url("/slow")), within=timedelta(milliseconds=50)
    )
    gone = await desk.csv.validate(origin(desk.site.url("/gone")), within=timedelta(seconds=5))

    assert desk.site.asked["/guests"] == 1
    assert (good.reachable, good.version, good.clock_difference_ms) == (True, "crm/4", 9000)
    assert (slow.reachable, slow.detail) == (False, "timed_out")
    assert (gone.reachable, gone.detail) == (False, "not_found")
