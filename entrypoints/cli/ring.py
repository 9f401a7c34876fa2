"""`frontdesk ring`: somebody rings the desk, over the simulated line."""

import argparse
import asyncio
import sys
from typing import Any

from application.calls.ring_desk import Fate, Ring
from entrypoints.cli.demo import SLUG
from entrypoints.wiring.container import Container
from entrypoints.wiring.ringing import CALLED, LIKES, SimulatedRinging
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
        rings = SimulatedRinging(exchange=lines.exchange(), new_id=container.new_id())
        ring = Ring(fate=Fate(arguments.like), called=arguments.called)
        rung = await rings(found[0].id, ring)
        print(f"{rung.caller} rings {rung.called}")
        return 0
    finally:
        await container.database().close()
