"""What is as bad as death: a Redis that forgets or says nothing, a program that stands still."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import attrs
from redis import Redis

from tests.chaos.monkey import Mortal
from tests.chaos.programs import Program
from tests.redis_servers import RedisServer, find_program
from tests.servers import free_port

LONG = 2.0
"""Seconds that something stands still: longer than anybody waits for Redis."""


@attrs.define
class TormentedRedis(Mortal):
    """Forgets everything, stands still, or dies, in turn.

    `asked` is how often it was asked before it forgot.
    """

    server: RedisServer
    times: int = 0
    asked: int = 0

    @property
    def url(self) -> str:
        return self.server.url

    def kill_and_restart(self) -> None:
        torments = (self._forget, self._stand_still, self._die)
        torments[self.times % len(torments)]()
        self.times += 1

    def _forget(self) -> None:
        with Redis.from_url(self.url) as client:
            scripts = client.info("commandstats").items()
            self.asked += sum(each["calls"] for name, each in scripts if "eval" in name)
            client.flushall()

    def _stand_still(self) -> None:
        assert self.server.process is not None
        os.kill(self.server.process.pid, signal.SIGSTOP)
        try:
            sleep(LONG)
        finally:
            os.kill(self.server.process.pid, signal.SIGCONT)

    def _die(self) -> None:
        self.server.stop()
        self.server.start()


@attrs.frozen
class Stalled(Mortal):
    """A machine that swaps, or is moved: its program goes on as if nothing had been."""

    program: Program

    def kill_and_restart(self) -> None:
        self.program.stand_still(LONG)


@contextmanager
def tormented_redis(folder: Path) -> Iterator[TormentedRedis]:
    """Raises NoRedis. It is never a server that runs already: that is not ours to empty."""
    server = RedisServer(f"redis://127.0.0.1:{free_port()}", find_program(), folder)
    try:
        server.start()
        yield TormentedRedis(server)
    finally:
        server.stop()
