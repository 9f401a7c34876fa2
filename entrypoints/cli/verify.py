"""`frontdesk verify`: every invariant, on a live database."""

import argparse
import asyncio

from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(settings: Settings, _arguments: argparse.Namespace) -> int:
    return asyncio.run(_verify(Container(settings=settings)))


async def _verify(container: Container) -> int:
    try:
        findings = await container.verification()()
    finally:
        await container.database().close()
    for finding in findings:
        print(f"{finding.check}\t{finding.organization_id}\t{finding.subject}\t{finding.detail}")
    print(f"{len(findings)} findings" if findings else "all invariants hold")
    return int(bool(findings))
