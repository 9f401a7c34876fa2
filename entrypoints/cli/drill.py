"""`frontdesk drill`: a backup is what was restored."""

import argparse
import asyncio
import tempfile
from pathlib import Path

import attrs

from application.kernel.backups import Backup
from entrypoints.cli.migrate import migrate
from entrypoints.cli.verify import verify
from entrypoints.wiring.ambient import seconds, utc_now
from entrypoints.wiring.backups import backups_of, drills_in
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("within", help="the folder with backups; the newest is tried")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """Nothing of it is left afterwards but the note that it passed; nothing in use is touched."""
    backup = backups_of(settings).newest(arguments.within)
    began = seconds()
    with tempfile.TemporaryDirectory() as scratch:
        broken = _try_out(backup, settings, Path(scratch))
    if not broken:
        drills_in(Path(arguments.within)).passed(backup, at=utc_now())
    print(f"backup    {backup.folder}")
    print(f"size      {backup.size} bytes")
    print(f"age       {(utc_now() - backup.made_at).total_seconds():.0f} s, which would be lost")
    print(f"restored  in {seconds() - began:.1f} s, checks included")
    return broken


def _try_out(backup: Backup, settings: Settings, scratch: Path) -> int:
    elsewhere = attrs.evolve(settings, database_url=f"sqlite:///{scratch}/frontdesk.db")
    backups_of(elsewhere).restore(backup, replacing=False)
    asyncio.run(_bring(Container(settings=elsewhere)))
    return verify(elsewhere)


async def _bring(container: Container) -> None:
    try:
        await migrate(container)
    finally:
        await container.database().close()
