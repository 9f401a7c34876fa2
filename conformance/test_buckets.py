"""Files in a bucket of moto, which others have written and which checks every signature."""

import json
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import attrs
import pytest

from adapters.connectors.buckets import Bucket, BucketConnector
from adapters.connectors.signatures import sign_by_minio
from adapters.egress.client import Bounds, Egress
from application.pipelines.connecting import Origin, SourceRefused
from application.pipelines.credentials import Credentials, full_name
from conformance.environments import PATIENCE, environment
from domain.pipelines.source_options import BucketFormat, BucketOptions, SourceKind
from entrypoints.wiring.ambient import utc_now
from tests.contract.data_desks import (
    NAMED,
    ORGANIZATION,
    everything,
    from_each_cursor,
    origin,
)
from tests.fakes.source_secrets import MemorySecrets
from tests.payment_peers import free_port, served

pytestmark = pytest.mark.anyio

BUCKET = "guests"
OBJECTS = {
    "in/a b+c.csv": "id\n1\n2\n3\n",
    "in/c&d=e.csv": "id\n",
    "in/é.csv": "id\n4\n5\n",
    "out/no.csv": "id\n9\n",
}
FOUND = [{"id": str(number)} for number in range(1, 6)]


@attrs.frozen
class Storage:
    url: str
    user: str
    password: str


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    folder, port = tmp_path_factory.mktemp("moto"), free_port()
    programs = environment(folder, "moto.txt")
    command = [str(programs / "moto_server"), "-H", "127.0.0.1", "-p", str(port)]
    with served(command, port, folder) as url:
        owner = Path(__file__).with_name("bucket_owner.py")
        told = subprocess.run(
            [programs / "python", owner, url, BUCKET],
            input=json.dumps(OBJECTS),
            stdout=subprocess.PIPE,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        yield Storage(url, *json.loads(told.stdout))


@attrs.frozen
class Reader:
    storage: Storage
    egress: Egress

    def knowing(self, password: str) -> BucketConnector:
        known = {"user": self.storage.user, "password": password}
        secrets = {full_name(ORGANIZATION, name): value for name, value in known.items()}
        return BucketConnector(
            Bucket(
                fetch=self.egress,
                credentials=Credentials(MemorySecrets(secrets)),
                clock=utc_now,
                sign=sign_by_minio,
            )
        )

    def source(self, bucket: str = BUCKET) -> Origin:
        options = BucketOptions(bucket=bucket, prefix="in/", format=BucketFormat.CSV)
        return origin(SourceKind.BUCKET, options, self.storage.url, NAMED)


@pytest.fixture
async def reader(storage: Storage) -> AsyncIterator[Reader]:
    egress = Egress(internal=frozenset({urlsplit(storage.url).netloc}), bounds=Bounds(seconds=5))
    yield Reader(storage, egress)
    await egress.close()


async def test_every_record_of_every_object_comes_once(reader: Reader) -> None:
    connector = reader.knowing(reader.storage.password)

    for limit in (1, 2, 100):
        assert await everything(connector, reader.source(), limit=limit) == FOUND
    await from_each_cursor(connector, reader.source(), limit=2)


async def test_what_is_signed_with_another_secret_is_refused(reader: Reader) -> None:
    with pytest.raises(SourceRefused, match="not_authorized"):
        await everything(reader.knowing("a guess"), reader.source(), limit=9)


async def test_a_bucket_that_is_not_there_is_refused(reader: Reader) -> None:
    connector = reader.knowing(reader.storage.password)

    with pytest.raises(SourceRefused, match="not_found"):
        await everything(connector, reader.source("nobodys"), limit=9)
