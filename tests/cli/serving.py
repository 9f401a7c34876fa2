"""Serves until it could be asked, says what it has loaded, and ends.

`python -m tests.cli.serving <port>`, with options in the environment.
"""

import asyncio
import os
import signal
import sys

import attrs

from entrypoints.cli.serve import serve
from entrypoints.wiring.container import Container
from entrypoints.wiring.environment import environment
from entrypoints.wiring.settings import Settings


def say_and_stop() -> None:
    print(*sys.modules)  # noqa: T201
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    settings = attrs.evolve(
        Settings.from_environment(environment()), http_port=int(sys.argv[1]), metrics_port=0
    )
    asyncio.run(serve(Container(settings=settings), with_worker=False, announce=say_and_stop))
