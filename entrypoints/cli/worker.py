"""`frontdesk worker`: background work in a process of its own."""

import argparse

import uvloop

from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from entrypoints.worker.main import run_worker


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(settings: Settings, _arguments: argparse.Namespace) -> int:
    uvloop.run(run_worker(Container(settings=settings)))
    return 0
