"""The product's own processes, killed and started again by their ids."""

import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from random import Random
from socket import SO_REUSEADDR, SOL_SOCKET, socket
from subprocess import DEVNULL, Popen, TimeoutExpired
from threading import Lock
from time import sleep

import anyio
import attrs

from tests.cli.warm import PROGRAM, Started, warm
from tests.servers import at_the_desk, owner_of

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
# Below what the kernel hands out: nobody takes the port while its owner is dead, and whoever
# tries to connect to it does not end up connected to himself.
PORTS = (20_000, 32_000)


def quiet_port() -> int:
    chance = Random()
    while True:
        port = chance.randrange(*PORTS)
        with socket() as probe:
            probe.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


@attrs.frozen(kw_only=True)
class Site:
    """Where one installation keeps its things."""

    url: str
    folder: Path
    port: int = attrs.field(factory=quiet_port)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def mail(self) -> Path:
        return self.folder / "mail"

    def environment(self, **options: str) -> Mapping[str, str]:
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith("FRONTDESK_")
        }
        own = {
            "DATABASE_URL": at_the_desk(self.url),
            "DATA_DIR": str(self.folder),
            "HTTP_PORT": str(self.port),
            "HOLD_MINUTES": "1",
            "LOG_LEVEL": "WARNING",
            "PAYMENTS_PER_HOUR": "1000000",
            **options,
        }
        if owner := owner_of(self.url):
            own["DATABASE_OWNER_URL"] = owner
        return inherited | {f"FRONTDESK_{name}": value for name, value in own.items()}

    def run(self, *arguments: str) -> tuple[int, str]:
        """Runs a command to its end; its exit code and what it said."""
        ended = warm().run(arguments, self.environment(), "")
        return ended.returncode, ended.stdout + ended.stderr


class Program:
    """One command, in a group of processes of its own; or what a module does with arguments."""

    def __init__(
        self, site: Site, command: str, *, instead: Sequence[str] = (), **options: str
    ) -> None:
        self.name = command
        self.log = site.folder / f"{self.name}.log"
        self.falls: list[int] = []
        self.exit: int | None = None
        self._module, *self._arguments = instead or (PROGRAM, command)
        self._environment = site.environment(**options)
        self._changing = Lock()
        self._process: Popen[bytes] | Started | None = None

    def start(self) -> None:
        self._process = self._begun()

    def kill_and_restart(self) -> None:
        with self._changing:
            self.kill()
            self.start()

    def kill(self) -> None:
        """By process group, unless that has been waited for and its id may be somebody else's."""
        if self._process is not None and self._process.poll() is None:
            self._send(signal.SIGKILL)
            self._process.wait()

    def stand_still(self, seconds: float) -> None:
        with self._changing:
            if self._process is None or self._process.poll() is not None:
                return
            self._send(signal.SIGSTOP)
            try:
                sleep(seconds)
            finally:
                self._send(signal.SIGCONT)

    def stop(self) -> None:
        """Asks it to end, as whoever deploys does."""
        assert self._process is not None
        self._process.terminate()
        try:
            self.exit = self._process.wait(PATIENCE)
        except TimeoutExpired:
            self.kill()

    def restart_if_fallen(self) -> None:
        """Starts it again if it has ended by itself, as a supervisor does."""
        if not self._changing.acquire(blocking=False):
            return
        try:
            code = self._process.poll() if self._process is not None else None
            if code is not None:
                self.falls.append(code)
                self.start()
        finally:
            self._changing.release()

    def _send(self, what: signal.Signals) -> None:
        assert self._process is not None
        # It may end by itself meanwhile: without its database it does not start.
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, what)

    def _begun(self) -> Popen[bytes] | Started:
        return warm().start(self._arguments, self._environment, self.log, module=self._module)


class FreshProgram(Program):
    """In an interpreter of its own: what several processes add up is decided when it begins."""

    def _begun(self) -> Popen[bytes]:
        with self.log.open("ab") as log:
            return Popen(  # noqa: S603
                [sys.executable, "-m", self._module, *self._arguments],
                cwd=ROOT,
                env=self._environment,
                stdin=DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


@contextmanager
def running(*programs: Program) -> Iterator[None]:
    with ExitStack() as ending:
        for program in programs:
            ending.callback(program.kill)
            program.start()
        yield


@asynccontextmanager
async def supervised(*programs: Program) -> AsyncIterator[None]:
    """Whatever ends by itself is started again, until the block ends; then all are stopped."""

    async def supervise() -> None:
        while True:
            await anyio.sleep(0.05)
            for program in programs:
                program.restart_if_fallen()

    with running(*programs):
        async with anyio.create_task_group() as supervising:
            supervising.start_soon(supervise)
            yield
            supervising.cancel_scope.cancel()
        for program in programs:
            await anyio.to_thread.run_sync(program.stop)
