"""`frontdesk care`: what could be done for the database."""

import argparse
import asyncio

from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(settings: Settings, _arguments: argparse.Namespace) -> int:
    """0, whatever is advised: nothing is broken."""
    asyncio.run(_advise(Container(settings=settings)))
    return 0


async def _advise(container: Container) -> None:
    try:
        found = await container.care()()
    finally:
        await container.database().close()
    for advice in found:
        print(f"{advice.about}\t{advice.found}\t{advice.do}")
    if not found:
        print("nothing to do")
