"""A process that has the whole program in memory, and forks for each command it is asked to run.

Importing the program takes longer than most commands do. What a command sees is a process of its
own all the same: its environment, its standard streams, its exit code.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NoReturn

import attrs

ROOT = Path(__file__).parents[2]
PATIENCE = 60  # seconds; machines that run tests are busy
STREAMS = ("typed", "stdout", "stderr")


@attrs.frozen
class Warm:
    asks: IO[str]
    answers: IO[str]

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str], typed: str
    ) -> subprocess.CompletedProcess[str]:
        with TemporaryDirectory() as folder:
            Path(folder, "typed").write_text(typed)
            asked = {
                "arguments": list(arguments),
                "environment": dict(environment),
                "folder": folder,
            }
            self.asks.write(json.dumps(asked) + "\n")
            self.asks.flush()
            code = int(self.answers.readline())
            said, complained = (Path(folder, name).read_text() for name in STREAMS[1:])
        return subprocess.CompletedProcess(list(arguments), code, said, complained)


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
    for module in ("entrypoints.cli.main", "entrypoints.wiring.container"):
        import_module(module)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(**asked)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _become(arguments: list[str], environment: dict[str, str], folder: str) -> NoReturn:
    from entrypoints.cli.main import main  # noqa: PLC0415

    signal.alarm(PATIENCE)
    os.environ.clear()
    os.environ.update(environment)
    for number, name in enumerate(STREAMS):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT
        os.dup2(os.open(Path(folder, name), flags, 0o600), number)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  (what was read ahead is not theirs)
    code: object = 1
    try:
        code = main(arguments)
    except SystemExit as exit:
        code = exit.code
    except BaseException:  # noqa: BLE001  (as the interpreter would)
        sys.excepthook(*sys.exc_info())
    if isinstance(code, str):
        sys.stderr.write(f"{code}\n")
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    _serve()
