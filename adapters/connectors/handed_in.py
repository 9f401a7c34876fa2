"""Files that somebody has handed in, read like those that lie elsewhere."""

import attrs

from adapters.connectors.parts import FilePart, Parts
from application.pipelines.connecting import Origin, SourceRefused
from application.pipelines.source_ports import FilesHandedIn


@attrs.frozen
class PartsHandedIn(Parts):
    files: FilesHandedIn

    async def __call__(self, origin: Origin, /, *, offset: int, most: int) -> FilePart:
        found = await self.files.part(origin.organization_id, origin.id, offset=offset, most=most)
        if found is None:
            raise SourceRefused("no_file")
        ends = offset + len(found.data) >= found.size
        return FilePart(data=found.data, ends=ends, tag=found.tag)


@attrs.frozen(kw_only=True)
class ByAddress(Parts):
    """What has no address was handed in."""

    web: Parts
    handed_in: Parts

    async def __call__(self, origin: Origin, /, *, offset: int, most: int) -> FilePart:
        there = self.handed_in if origin.connection.address is None else self.web
        return await there(origin, offset=offset, most=most)
