"""`frontdesk figures`: what figures are read from, built anew."""

import argparse
import asyncio

from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("rebuild", help="from the event log, while the program goes on")


def run(settings: Settings, _arguments: argparse.Namespace) -> int:
    return asyncio.run(_rebuild(Container(settings=settings)))


async def _rebuild(container: Container) -> int:
    rebuild = container.analytics.rebuilding()
    rebuild_bookings = container.analytics.rebuilt_bookings()
    rebuild_presences = container.analytics.rebuilt_presences()
    try:
        for organization in await container.identity.views().organizations():
            calls = await rebuild(organization.id)
            bookings = await rebuild_bookings(organization.id)
            await rebuild_presences(organization.id)
            print(f"{organization.slug}: {calls} calls, {bookings} bookings")
        return 0
    finally:
        await container.database().close()
