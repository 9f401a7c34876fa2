"""What connectors are tried on: a web site, secrets and a way to read everything."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from uuid import UUID

import attrs

from adapters.egress.client import Bounds, Egress
from application.pipelines.connecting import Connector, Cursor, Origin, Record
from application.pipelines.credentials import Credentials, full_name
from domain.kernel.identifiers import DataSourceId, OrganizationId
from domain.pipelines.source_options import Options, SourceKind
from domain.pipelines.sources import Connection
from tests.fakes.source_secrets import MemorySecrets
from tests.web_sites import WebSite, web_site

NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
ORGANIZATION = OrganizationId(UUID(int=7))
NONE: Mapping[str, str] = {}
KEPT = {"token": "s3cret", "user": "desk", "password": "pass:word"}
NAMED = {"user": "user", "password": "password"}
CREDENTIALS = Credentials(
    MemorySecrets({full_name(ORGANIZATION, name): value for name, value in KEPT.items()})
)


@attrs.frozen
class Outside:
    site: WebSite
    egress: Egress


@asynccontextmanager
async def outside() -> AsyncIterator[Outside]:
    async with web_site() as site:
        egress = Egress(internal=frozenset({site.host}), bounds=Bounds(seconds=2))
        yield Outside(site, egress)
        await egress.close()


def origin(
    kind: SourceKind, options: Options, address: str, secrets: Mapping[str, str] = NONE
) -> Origin:
    connection = Connection(kind=kind, options=options, address=address, credentials=secrets)
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


async def from_each_cursor(connector: Connector, source: Origin, *, limit: int) -> None:
    """From wherever a run is resumed, exactly the rest comes."""
    all_of_them = await everything(connector, source, limit=limit)
    after: Cursor | None = None
    came = 0
    while True:
        rest = await everything(connector, source, limit=limit, after=after)
        assert rest == all_of_them[came:]
        page = await connector.page(source, after, limit=limit)
        came += len(page.records)
        after = page.next
        if after is None:
            break
    assert came == len(all_of_them)
