"""`frontdesk ring`: somebody rings the desk, over the simulated line."""

import argparse
import asyncio
import sys
from typing import Any

from entrypoints.cli.demo import SLUG
from entrypoints.wiring.container import Container
from entrypoints.wiring.ringing import CALLED, LIKES, somebody_rings
from entrypoints.wiring.settings import Settings

CARRIED = "twilio"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--organization", default=SLUG, help=f"slug; {SLUG} if none is named")
    parser.add_argument(
        "--like", choices=LIKES, default="answered", help="what becomes of the call"
    )
    parser.add_argument("--called", default=CALLED, help="the number that is rung, in E.164")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    if settings.telephony == CARRIED:
        print("frontdesk: real calls come in here; only the simulator rings", file=sys.stderr)
        return 1
    return asyncio.run(_run(Container(settings=settings), arguments))


async def _run(container: Container, arguments: argparse.Namespace) -> int:
    try:
        organizations = await container.identity.views().organizations()
        found = [one for one in organizations if one.slug == arguments.organization]
        if not found:
            print(f"frontdesk: no organization {arguments.organization}", file=sys.stderr)
            return 1
        lines: Any = container.telephony.lines
        caller = await somebody_rings(
            lines.exchange(),
            container.new_id(),
            found[0].id,
            like=arguments.like,
            called=arguments.called,
        )
        print(f"{caller} rings {arguments.called}")
        return 0
    finally:
        await container.database().close()
