"""Histories that may be archived."""

from datetime import timedelta

from application.kernel.retention import Forgetting
from domain.kernel.histories import History
from tests.http.desk import Desk
from tests.http.test_histories import asked, source_of


async def tried(desk: Desk, times: int) -> None:
    """A source was asked so often, and all but the last answer are for nothing."""
    source_id = await source_of(desk)
    for _ in range(times):
        await asked(desk, source_id, reason=None)


async def archived(desk: Desk) -> str:
    """The id of an archive."""
    await tried(desk, 2)
    now = desk.clock()
    forgetting = Forgetting(before=now + timedelta(seconds=1), archived_at=now)
    retention = desk.container.schedules.history_retention()
    await retention.forget(desk.actor, History.SOURCE_ATTEMPTS, forgetting, limit=1)
    (archive,) = (await desk.get("/v1/archives")).json()["items"]
    return str(archive["id"])
