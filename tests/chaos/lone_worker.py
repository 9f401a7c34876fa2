"""A worker that is started, killed, started again and in the end told to stop."""

import os
import signal
from pathlib import Path
from uuid import uuid4

import anyio
import attrs

from tests.chaos.programs import PATIENCE, Site
from tests.cli.warm import Started, warm

AT_WORK = "the worker is at work"


@attrs.frozen
class LoneWorker:
    process: Started
    log: Path

    @classmethod
    def at(cls, site: Site, **options: str) -> "LoneWorker":
        log = site.folder / f"worker-{uuid4()}.log"
        environment = site.environment(LOG_LEVEL="INFO", **options)
        return cls(warm().start(["worker"], environment, log), log)

    async def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        await anyio.to_thread.run_sync(self.process.wait)

    async def stop(self) -> int:
        """The exit code. It is told once it is at work: the one before it may have left nothing
        to be seen by, and nobody tells how a process ends that has not come that far.
        """
        with anyio.fail_after(PATIENCE):
            while not self._says(AT_WORK):  # noqa: ASYNC110  (it is another process)
                await anyio.sleep(0.02)
        self.process.terminate()
        return await anyio.to_thread.run_sync(self.process.wait)

    def _says(self, words: str) -> bool:
        return self.log.exists() and words in self.log.read_text()
