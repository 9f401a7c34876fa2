"""`frontdesk personal-keys`: what bookings are sealed with, kept in the file of secrets."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from application.kernel.sealing import Resealing
from entrypoints.wiring.container import Container
from entrypoints.wiring.environment import environment
from entrypoints.wiring.personal_keys import forget_old, renew
from entrypoints.wiring.secrets import encrypted_file
from entrypoints.wiring.settings import Settings

AT_ONCE = 500

Step = Callable[..., Awaitable[int]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("new", help="a new key before those there are, or the first ones")
    actions.add_parser("rewrap", help="put everything under the newest key, while all runs")
    actions.add_parser("forget-old", help="rewrap, and then forget all keys but the newest")
    actions.add_parser("seal", help="what was stored before there were keys")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    if arguments.action == "new":
        settings.secret_places.file.parent.mkdir(parents=True, exist_ok=True)
        print(f"key {renew(encrypted_file(settings.secret_places, environment()))} is in use")
        return 0
    if settings.personal_keys is None:
        print("frontdesk: set FRONTDESK_PERSONAL_KEYS=secret:personal-keys", file=sys.stderr)
        return 1
    asyncio.run(_everything(settings, arguments.action))
    if arguments.action == "forget-old":
        forget_old(encrypted_file(settings.secret_places, environment()))
    return 0


async def _everything(settings: Settings, action: str) -> None:
    container: Any = Container(settings=settings)
    resealing: Resealing = container.customers.resealing()
    step: Step = resealing.seal if action == "seal" else resealing.rewrap
    try:
        done = 0
        for organization in await container.identity.views().organizations():
            while number := await step(organization.id, limit=AT_ONCE):
                done += number
        print(f"{done} rows")
    finally:
        await container.database().close()
