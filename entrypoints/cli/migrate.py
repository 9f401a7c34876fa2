"""`frontdesk migrate`: the schema of this release."""

import argparse
import asyncio

from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit with 1 if steps are missing"
    )


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    return asyncio.run(_run(Container(settings=settings), only_check=arguments.check))


async def _run(container: Container, *, only_check: bool) -> int:
    try:
        if only_check:
            missing = await container.schema().is_missing()
            print("steps are missing" if missing else "the schema is that of this release")
            return int(missing)
        await migrate(container)
        print("the schema is that of this release")
        return 0
    finally:
        await container.database().close()


async def migrate(container: Container) -> None:
    """Takes the steps that are missing; on SQLite the file is made if it is not there."""
    settings = container.settings()
    if settings.on_sqlite:
        settings.sqlite_folder.mkdir(parents=True, exist_ok=True)
    await container.schema().bring()
