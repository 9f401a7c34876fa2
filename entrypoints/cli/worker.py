"""`frontdesk worker`: background work in a process of its own."""

import argparse
from typing import Any

import uvloop

from entrypoints.http.importing.row_shapes import understood_tree
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from entrypoints.worker.main import run_worker


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(settings: Settings, _arguments: argparse.Namespace) -> int:
    container: Any = Container(settings=settings)
    container.pipelines.runs.understood().by = understood_tree
    uvloop.run(run_worker(container))
    return 0
