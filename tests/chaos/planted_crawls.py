"""A bug that the harness of crawls has to find, planted in a process that crawls."""

import anyio
import attrs

from application.documentation.record_page import RecordPage, RecordPageHandler
from domain.documentation.pages import KeptPage

SLOW_DISK = 0.25
"""Seconds between two commits: nearly every hand is between them when its process is killed."""

record_whole = RecordPageHandler.__call__


async def records_in_two(self: RecordPageHandler, command: RecordPage, /) -> bool:
    """The page is done in one transaction, and its copy kept in the next one."""
    came = command.came
    if came.read is None:
        return await record_whole(self, command)
    done = attrs.evolve(command, came=attrs.evolve(came, read=None))
    ours = await record_whole(self, done)
    await anyio.sleep(SLOW_DISK)
    if ours and came.became.content_hash is not None:
        page = KeptPage(
            site=command.site.id,
            url=command.page.url,
            read=came.read,
            content_hash=came.became.content_hash,
            fetched_at=self.clock(),
        )
        await self.unit_of_work(command.actor, lambda work: work.pages.keep(page))
    return ours


def plant() -> None:
    RecordPageHandler.__call__ = records_in_two  # type: ignore[method-assign]
