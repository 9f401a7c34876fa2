"""Files that were handed in, a part at a time."""

import base64
from collections.abc import Sequence
from typing import Any

import attrs
from sqlalchemy import Connection, Row, Select, select

from adapters.mapping.data_sources import PART_OF_FILE, PLAIN
from adapters.mapping.sealed_parts import SEALED, place_of
from adapters.schema.data_keys import data_keys
from adapters.schema.data_sources import data_source_files
from adapters.sql.database import Database
from adapters.sql.vaults import vault_of
from application.pipelines.source_ports import FilesHandedIn, PartOfFile
from domain.kernel.identifiers import DataSourceId, OrganizationId


@attrs.frozen
class SqlFilesHandedIn(FilesHandedIn):
    database: Database

    async def part(
        self, owner: OrganizationId, source_id: DataSourceId, *, offset: int, most: int
    ) -> PartOfFile | None:
        first, skipped = divmod(offset, PART_OF_FILE)
        last = (offset + most - 1) // PART_OF_FILE

        def ask(connection: Connection) -> PartOfFile | None:
            def parts(*numbers: int) -> Sequence[Row[Any]]:
                return connection.execute(_parts(owner, source_id, numbers)).all()

            rows = parts(*range(first, last + 1))
            told = rows or parts(0)  # behind the end it is known all the same
            if not told:
                return None
            data = b"".join(_opened(connection, row) for row in rows)
            found = data[skipped : skipped + most]
            return PartOfFile(data=found, size=told[0].size, tag=told[0].tag)

        return await self.database.read(ask, of=owner)


def _parts(owner: OrganizationId, source_id: DataSourceId, numbers: Sequence[int]) -> Select[Any]:
    files = data_source_files.c
    return (
        select(data_source_files, data_keys.c.wrapped)
        .outerjoin(
            data_keys,
            (data_keys.c.organization_id == files.organization_id)
            & (data_keys.c.id == files.data_source_id),
        )
        .where(
            files.organization_id == owner,
            files.data_source_id == source_id,
            files.number.in_(numbers),
        )
        .order_by(files.number)
    )


def _opened(connection: Connection, row: Row[Any]) -> bytes:
    if SEALED not in row.content:
        return base64.b64decode(row.content[PLAIN])
    place = place_of(row.organization_id, row.data_source_id)
    return vault_of(connection).open(row.wrapped, row.content[SEALED], place)
