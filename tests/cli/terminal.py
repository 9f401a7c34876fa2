"""A terminal: runs commands, and keeps servers no longer than a test needs them."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import attrs

from tests.cli.warm import PATIENCE, Started, warm


@attrs.frozen
class Terminal:
    variables: Mapping[str, str]

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return self.given("", *arguments, **variables)

    def given(
        self, typed: str, *arguments: str, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """With something by standard input."""
        return warm().run(arguments, self._environment(variables), typed)

    @contextmanager
    def started(self, *arguments: str, until: str, output: Path) -> Iterator[Started]:
        """A process that has said `until`; it is asked to stop at the end, and must."""
        output.touch()
        process = warm().start(arguments, self._environment({}), output)
        try:
            _wait_for(until, output, process)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            finally:
                process.kill()

    def _environment(self, variables: Mapping[str, str]) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if "FRONTDESK" not in name}
        return {**ours, "PYTHONUNBUFFERED": "1", **self.variables, **variables}


def _wait_for(text: str, output: Path, process: Started) -> None:
    deadline = time.monotonic() + PATIENCE
    while text not in output.read_text():
        assert process.poll() is None, output.read_text()
        assert time.monotonic() < deadline, output.read_text()
        time.sleep(0.05)
