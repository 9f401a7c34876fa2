"""import-linter in processes that have it in memory: importing it takes longer than running it."""

import multiprocessing
import os
import sys
from functools import lru_cache
from multiprocessing.context import ForkServerContext
from pathlib import Path

import attrs

CONFIGURATION = "importlinter.ini"


@attrs.frozen
class Report:
    code: int | None
    text: str


def lint(folder: Path, report: Path, *options: str) -> Report:
    """What it says of the packages in `folder`; `report` is a file to write that to."""
    process = _processes().Process(target=_lint, args=(folder, report, options))
    process.start()
    process.join()
    return Report(process.exitcode, report.read_text())


@lru_cache(maxsize=1)
def _processes() -> ForkServerContext:
    # Never forked from the tests, which have imported the very packages that are looked for.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["importlinter.cli", "tests.architecture.linting"])
    return context


def _lint(folder: Path, report: Path, options: tuple[str, ...]) -> None:
    written = os.open(report, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(written, stream)
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    sys.argv = ["lint-imports", "--config", CONFIGURATION, "--no-cache", *options]
    from importlinter.cli import lint_imports_command  # noqa: PLC0415 - only in its own process

    lint_imports_command()
