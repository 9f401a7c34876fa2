"""News between processes, and their time: NOTIFY of PostgreSQL, over a connection of its own.

What was committed is told after the commit and not in it: transactions that notify are committed
one after the other. What was numbered is told in the transaction that numbers, once for a batch.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import attrs

from adapters.sql.line import NUMBERED, Line
from adapters.sql.news import News, Signal
from adapters.sql.server_clock import NOW
from application.kernel.shared_time import SharedTime

logger = logging.getLogger(__name__)

COMMITTED = "frontdesk_committed"

BETWEEN_NOTIFICATIONS = 0.005  # seconds; those who commit meanwhile share the next one
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
LOOK_AROUND = 1.0
BETWEEN_TIMES = 10.0
LONGEST_PAUSE = 5.0
# A notification that is lost in a crash is no loss.
SESSION = {"application_name": "frontdesk news", "synchronous_commit": "off"}


@attrs.define(eq=False, kw_only=True)
class PostgresLine(Line):
    url: str
    news: News
    time: SharedTime
    _task: asyncio.Task[None] | None = attrs.field(default=None, init=False)
    _time_is_known: asyncio.Event = attrs.field(factory=asyncio.Event, init=False)

    async def start(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._keep_up(), name="line")
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_AROUND):
                await self._time_is_known.wait()

    async def stop(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _keep_up(self) -> None:
        pause = BETWEEN_NOTIFICATIONS
        while True:
            try:
                connection = await asyncpg.connect(
                    self.url, timeout=LONGEST_PAUSE, server_settings=SESSION
                )
                pause = BETWEEN_NOTIFICATIONS
                try:
                    await self._carry(connection)
                finally:
                    connection.terminate()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                logger.warning("news between processes is late: %s", type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _carry(self, connection: Any) -> None:
        heard: set[str] = set()
        wait = self.news.here.waiter()
        ask_at = self.time.elapsed()
        while not connection.is_closed():
            if self.time.elapsed() >= ask_at:
                await self._ask_time(connection)
                ask_at = self.time.elapsed() + BETWEEN_TIMES
            for channel, signal in self._awaited():
                if channel not in heard:
                    heard.add(channel)
                    await connection.add_listener(channel, _passing_on(signal))
                    signal()  # for what was missed before
            if await wait(LOOK_AROUND):
                await connection.execute(f"NOTIFY {COMMITTED}")
                await asyncio.sleep(BETWEEN_NOTIFICATIONS)

    async def _ask_time(self, connection: Any) -> None:
        asked = self.time.elapsed()
        micros = await connection.fetchval(f"SELECT {NOW['postgresql']}", timeout=LONGEST_PAUSE)
        at = EPOCH + timedelta(microseconds=micros)
        self.time.heard(at, asked=asked, patience=LOOK_AROUND)
        self._time_is_known.set()

    def _awaited(self) -> Iterator[tuple[str, Signal]]:
        for channel, signal in (
            (COMMITTED, self.news.committed),
            (NUMBERED, self.news.numbered),
        ):
            if signal.is_awaited:
                yield channel, signal


def _passing_on(signal: Signal) -> Any:
    def pass_on(*_details: Any) -> None:
        signal()

    return pass_on
