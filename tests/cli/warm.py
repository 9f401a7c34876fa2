"""A process that has the whole program in memory, and forks for each command it is asked to run.

Importing the program takes longer than most commands do. What a command sees is a process of its
own all the same: its environment, its standard streams, its exit code. One that goes on by itself
leads a group of processes.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from runpy import run_module
from tempfile import TemporaryDirectory
from threading import Lock
from time import monotonic, sleep
from typing import IO, Any, NoReturn

import attrs

from entrypoints.wiring.lasting import loading

ROOT = Path(__file__).parents[2]
PROGRAM = "entrypoints.cli.main"
PATIENCE = 60  # seconds; machines that run tests are busy
STREAMS = ("typed", "stdout", "stderr")
GOES_ON = "goes on"


@attrs.frozen
class Warm:
    asks: IO[str]
    answers: IO[str]
    _one: Lock = attrs.field(factory=Lock, init=False)

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str], typed: str
    ) -> subprocess.CompletedProcess[str]:
        with TemporaryDirectory() as folder:
            typed_in, said_in, complained_in = (Path(folder, name) for name in STREAMS)
            typed_in.write_text(typed)
            streams = [str(typed_in), str(said_in), str(complained_in)]
            asked = {
                "arguments": list(arguments),
                "environment": dict(environment),
                "streams": streams,
            }
            code = int(self._answer("run", **asked))
            said, complained = said_in.read_text(), complained_in.read_text()
        return subprocess.CompletedProcess(list(arguments), code, said, complained)

    def start(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        *,
        module: str = PROGRAM,
        planted: str = "",
    ) -> "Started":
        """It goes on by itself until somebody ends it, and says what it says in the log.

        Of a `module` that is no command what is run when it is the main one. In a module that is
        `planted`, `plant` breaks something before.
        """
        asked = {
            "module": module,
            "arguments": list(arguments),
            "environment": dict(environment),
            "streams": [os.devnull, str(log), str(log)],
            "planted": planted,
        }
        return Started(int(self._answer("start", **asked)), self)

    def poll(self, pid: int) -> int | None:
        answer = self._answer("poll", pid=pid)
        return None if answer == GOES_ON else int(answer)

    def _answer(self, what: str, **asked: Any) -> str:
        with self._one:
            self.asks.write(json.dumps({"what": what, **asked}) + "\n")
            self.asks.flush()
            return self.answers.readline().strip()


@attrs.define
class Started:
    """As much of a `Popen` as it takes to end it."""

    pid: int
    _warm: Warm
    _code: int | None = None

    def poll(self) -> int | None:
        if self._code is None:
            self._code = self._warm.poll(self.pid)
        return self._code

    def wait(self, timeout: float = PATIENCE) -> int:
        deadline = monotonic() + timeout
        while (code := self.poll()) is None:
            if monotonic() > deadline:
                raise subprocess.TimeoutExpired([], timeout)
            sleep(0.01)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


@lru_cache(maxsize=1)
def warm() -> Warm:
    """One for each process that runs tests; it ends with it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.cli.warm"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    atexit.register(process.wait)
    atexit.register(process.stdin.close)
    return Warm(process.stdin, process.stdout)


def _serve() -> None:
    with loading():
        for module in (PROGRAM, "entrypoints.wiring.container"):
            import_module(module)
    for line in sys.stdin:
        asked = json.loads(line)
        sys.stdout.write(f"{ANSWERS[asked.pop('what')](**asked)}\n")
        sys.stdout.flush()


def _run(**asked: Any) -> int:
    child = os.fork()
    if child == 0:
        signal.alarm(PATIENCE)
        _become(PROGRAM, **asked)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _start(module: str, arguments: list[str], planted: str, **asked: Any) -> int:
    import_module(f"entrypoints.cli.{arguments[0]}" if module == PROGRAM else module)
    child = os.fork()
    if child == 0:
        os.setsid()
        if planted:
            import_module(planted).plant()
        _become(module, arguments, **asked)
    return child


def _poll(pid: int) -> int | str:
    ended, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else GOES_ON


ANSWERS: Mapping[str, Callable[..., object]] = {"run": _run, "start": _start, "poll": _poll}


def _become(
    module: str, arguments: list[str], environment: dict[str, str], streams: list[str]
) -> NoReturn:
    os.environ.clear()
    os.environ.update(environment)
    for number, name in enumerate(streams):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_APPEND
        os.dup2(os.open(name, flags, 0o600), number)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  (what was read ahead is not theirs)
    sys.argv = [module, *arguments]
    sys.modules.pop(module, None)  # it becomes the main one
    code: object = None
    try:
        run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as exit:
        code = exit.code
    except BaseException:  # noqa: BLE001  (as the interpreter would)
        sys.excepthook(*sys.exc_info())
        code = 1
    if isinstance(code, str):
        sys.stderr.write(f"{code}\n")
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    _serve()
