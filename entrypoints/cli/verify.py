"""`frontdesk verify`: every invariant, on a live database."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from application.kernel.audit import Anchor
from entrypoints.cli.anchors import BadAnchors, anchors_in
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--anchors", type=Path, help="a file of `frontdesk audit anchor` from before"
    )


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    try:
        anchors = list(anchors_in(arguments.anchors)) if arguments.anchors else []
    except BadAnchors as bad:
        print(f"frontdesk: {bad}", file=sys.stderr)
        return 2
    return verify(settings, anchors)


def verify(settings: Settings, anchors: Sequence[Anchor] = ()) -> int:
    """Prints what is broken; the exit code says whether anything is."""
    return asyncio.run(_verify(Container(settings=settings), anchors))


async def _verify(container: Container, anchors: Sequence[Anchor]) -> int:
    try:
        findings = [
            *await container.verification()(),
            *await container.audit_trail().contradicted(anchors),
        ]
    finally:
        await container.database().close()
    for finding in findings:
        print(f"{finding.check}\t{finding.organization_id}\t{finding.subject}\t{finding.detail}")
    print(f"{len(findings)} findings" if findings else "all invariants hold")
    return int(bool(findings))
