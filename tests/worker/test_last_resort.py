"""A process that cannot stop in order stops all the same."""

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


def test_a_thread_that_never_ends_does_not_keep_the_process() -> None:
    ended = subprocess.run(  # noqa: S603
        [sys.executable, "-c", STUCK], capture_output=True, timeout=30, check=False
    )

    assert ended.returncode == 75, ended.stderr
