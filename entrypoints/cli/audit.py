"""`frontdesk audit`: where every organization's chain of facts ends, to be kept elsewhere."""

import argparse
import asyncio

from entrypoints.cli.anchors import line_of
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("anchor", help="one line each; append them to a file on another machine")


def run(settings: Settings, _arguments: argparse.Namespace) -> int:
    return asyncio.run(_anchor(Container(settings=settings)))


async def _anchor(container: Container) -> int:
    try:
        for anchor in await container.audit_trail().heads():
            print(line_of(anchor))
    finally:
        await container.database().close()
    return 0
