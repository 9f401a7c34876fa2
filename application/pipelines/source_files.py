"""Files that were put here to be read as data sources."""

from typing import Protocol

import attrs

from domain.kernel.identifiers import DataSourceId, OrganizationId


@attrs.frozen(kw_only=True)
class FilePart:
    """`tag` changes with the content; it `ends` if nothing comes after it.

    `server` and `clock_difference_ms` are of whoever had it, if that is somebody else.
    """

    data: bytes
    ends: bool
    tag: str
    server: str | None = None
    clock_difference_ms: int | None = None


class SourceFiles(Protocol):
    async def part(
        self, owner: OrganizationId, source_id: DataSourceId, *, offset: int, most: int
    ) -> FilePart | None:
        """None if no file was put there."""
        ...
