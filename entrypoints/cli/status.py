"""`frontdesk status`: how every part does."""

import argparse
import asyncio

from entrypoints.wiring.conditions import Condition, conditions_of
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(settings: Settings, _arguments: argparse.Namespace) -> int:
    """1 if something is down that nobody can do without."""
    return asyncio.run(_told(Container(settings=settings)))


async def _told(container: Container) -> int:
    try:
        found = await conditions_of(container)
    finally:
        await container.rates.close()()
        await container.database().close()
    for name, part in found.items():
        print(f"{name:<20} {part.condition.value:<10} {part.told}".rstrip())
    return int(any(part.condition is Condition.DOWN for part in found.values()))
