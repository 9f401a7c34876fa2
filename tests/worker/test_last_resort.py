"""A process that cannot stop in order stops all the same, and so does one that has not begun."""

import subprocess
import sys

STUCK = """
import asyncio, os, signal, threading
from entrypoints.worker import signals

signals.MARGIN = 0.2

async def main():
    stopping = signals.stopping_on_signals(grace=0.1)
    threading.Thread(target=threading.Event().wait).start()
    os.kill(os.getpid(), signal.SIGTERM)
    await stopping.wait()

asyncio.run(main())
"""

# Told to stop by somebody while it still imports what it needs.
STARTING = """
import os, signal
from entrypoints.cli import main

def importing(name):
    os.kill(os.getpid(), signal.SIGTERM)
    raise SystemExit("it went on")

main._command = importing
main.main(["worker"])
"""


def test_a_thread_that_never_ends_does_not_keep_the_process() -> None:
    ended = run(STUCK)

    assert ended.returncode == 75, ended.stderr


def test_a_process_that_is_told_to_stop_while_it_starts_ends_well() -> None:
    ended = run(STARTING)

    assert (ended.returncode, ended.stderr) == (0, b"")


def run(program: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], capture_output=True, timeout=30, check=False
    )
