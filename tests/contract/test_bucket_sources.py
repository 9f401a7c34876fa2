"""Buckets: every object in the order of the names, asked for with signatures."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone
from urllib.parse import quote

import attrs
import pytest
from aiohttp import web

from adapters.connectors.buckets import Bucket, BucketConnector
from adapters.connectors.signatures import sign_by_minio
from application.kernel.secrets import Secret
from application.pipelines.connecting import Origin, SourceRefused
from domain.pipelines.source_options import BucketFormat, BucketOptions, SourceKind
from tests.contract.data_desks import (
    CREDENTIALS,
    NAMED,
    NONE,
    NOW,
    Outside,
    everything,
    from_each_cursor,
    origin,
    outside,
)

pytestmark = pytest.mark.anyio

OBJECTS = {
    "in/a b.csv": "id\n1\n2\n3\n",
    "in/c&d.csv": "id\n",
    "in/é.csv": "id\n4\n5\n",
    "out/no.csv": "id\n9\n",
}
FOUND = [{"id": str(number)} for number in range(1, 6)]


@attrs.frozen
class Storage:
    """As much of S3 as is asked for; refuses what is not signed."""

    outside: Outside
    connector: BucketConnector

    def source(self, *, signed: bool = True, format: BucketFormat = BucketFormat.CSV) -> Origin:
        made = BucketOptions(bucket="guests", prefix="in/", format=format)
        secrets = NAMED if signed else NONE
        return origin(SourceKind.BUCKET, made, self.outside.site.url(""), secrets)

    def holds(self, objects: dict[str, str]) -> None:
        async def listing(request: web.BaseRequest) -> web.Response:
            if not request.headers.get("authorization", "").startswith("AWS4-HMAC-SHA256 "):
                return web.Response(status=403)
            after, prefix = request.query.get("start-after", ""), request.query["prefix"]
            names = sorted(each for each in objects if each.startswith(prefix) and each > after)
            keys = "".join(f"<Contents><Key>{quote(each)}</Key></Contents>" for each in names[:1])
            encoding = "<EncodingType>url</EncodingType>"
            return web.Response(text=f"<ListBucketResult>{encoding}{keys}</ListBucketResult>")

        self.outside.site.answers["/guests"] = listing
        for name, content in objects.items():
            self.outside.site.says(f"/guests/{name}", content)


@pytest.fixture
async def storage() -> AsyncIterator[Storage]:
    async with outside() as found:
        bucket = Bucket(
            fetch=found.egress, credentials=CREDENTIALS, clock=lambda: NOW, sign=sign_by_minio
        )
        made = Storage(found, BucketConnector(bucket))
        made.holds(OBJECTS)
        yield made


async def test_the_records_of_every_object_come_once(storage: Storage) -> None:
    for limit in (1, 2, 100):
        assert await everything(storage.connector, storage.source(), limit=limit) == FOUND
    await from_each_cursor(storage.connector, storage.source(), limit=2)


async def test_names_that_a_server_does_not_encode_are_taken_as_they_are(
    storage: Storage,
) -> None:
    async def listing(request: web.BaseRequest) -> web.Response:
        keys = "" if request.query.get("start-after") else "<Key>in/a+b &amp; %20.csv</Key>"
        return web.Response(text=f"<ListBucketResult>{keys}</ListBucketResult>")

    storage.outside.site.answers["/guests"] = listing
    storage.outside.site.says("/guests/in/a+b & %20.csv", "id\n1\n")

    assert await everything(storage.connector, storage.source(), limit=9) == FOUND[:1]


async def test_a_server_that_always_begins_anew_is_refused_instead_of_read_for_ever(
    storage: Storage,
) -> None:
    async def listing(_: web.BaseRequest) -> web.Response:
        return web.Response(text="<Key>in/a b.csv</Key>")

    storage.outside.site.answers["/guests"] = listing

    with pytest.raises(SourceRefused, match="no_progress"):
        await everything(storage.connector, storage.source(), limit=9)


async def test_a_later_run_reads_new_objects_only(storage: Storage) -> None:
    after = None
    while True:
        page = await storage.connector.page(storage.source(), after, limit=100)
        if page.next is None:
            break
        after = page.next
    storage.holds({**OBJECTS, "in/ü.csv": "id\n6\n"})

    again = await everything(storage.connector, storage.source(), limit=9, after=page.later)
    assert again == [{"id": "6"}]


async def test_an_object_of_lines_is_read_as_that(storage: Storage) -> None:
    storage.holds({"in/a.jsonl": '{"id": 1}\n{"id": 2}\n'})
    source = storage.source(format=BucketFormat.JSON_LINES)

    assert await everything(storage.connector, source, limit=9) == [{"id": 1}, {"id": 2}]


async def test_an_object_that_goes_after_it_was_listed_is_told_of_and_passed_over(
    storage: Storage,
) -> None:
    storage.outside.site.answers.pop("/guests/in/a b.csv")

    first = await storage.connector.page(storage.source(), None, limit=9)
    rest = await everything(storage.connector, storage.source(), limit=9, after=first.next)

    assert [(bad.at, bad.reason) for bad in first.bad] == [("object in/a b.csv", "not_found")]
    assert (first.records, rest) == ((), FOUND[3:])


async def test_an_object_that_is_another_by_now_begins_again(storage: Storage) -> None:
    name, source = "in/a b.csv", storage.source()
    tagged(storage, name, OBJECTS[name], "old")
    first = await storage.connector.page(source, None, limit=2)
    tagged(storage, name, "id\n7\n8\n", "new")

    rest = await everything(storage.connector, source, limit=9, after=first.next)

    assert first.records == FOUND[:2]
    assert rest == [{"id": "7"}, {"id": "8"}, *FOUND[3:]]


def tagged(storage: Storage, name: str, content: str, tag: str) -> None:
    async def whole(_request: web.BaseRequest) -> web.Response:
        return web.Response(text=content, headers={"etag": f'"{tag}"'})

    storage.outside.site.answers[f"/guests/{name}"] = whole


async def test_a_bucket_that_is_not_there_is_refused(storage: Storage) -> None:
    storage.outside.site.answers.pop("/guests")

    with pytest.raises(SourceRefused, match="not_found"):
        await everything(storage.connector, storage.source(), limit=9)


async def test_an_empty_bucket_has_no_records(storage: Storage) -> None:
    storage.holds({})

    assert await everything(storage.connector, storage.source(), limit=9) == []


async def test_without_a_signature_nothing_is_told(storage: Storage) -> None:
    with pytest.raises(SourceRefused, match="not_authorized"):
        await everything(storage.connector, storage.source(signed=False), limit=9)
    verdict = await storage.connector.validate(storage.source(), within=timedelta(seconds=2))
    assert verdict.reachable


def test_signatures_are_those_of_the_examples() -> None:
    """Of the documentation of S3: `GET Bucket (List Objects)`."""
    signed = sign_by_minio(
        "https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J",
        region="us-east-1",
        user=Secret("AKIAIOSFODNN7EXAMPLE"),
        password=Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        now=datetime(2013, 5, 24, tzinfo=timezone.utc),
    )

    assert signed["Authorization"].endswith(
        "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    )
