"""`frontdesk restore`: begin again from a backup."""

import argparse

from entrypoints.cli.verify import verify
from entrypoints.wiring.backups import backups_of
from entrypoints.wiring.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", help="the folder that `frontdesk backup` printed")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="move what is there aside, instead of refusing; nothing is deleted",
    )


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    backups = backups_of(settings)
    backup = backups.look_at(arguments.backup)
    backups.restore(backup, replacing=arguments.replace)
    print(f"everything is as it was at {backup.made_at:%Y-%m-%d %H:%M:%S} UTC")
    if backups.is_of_an_older_schema(backup):
        print(f"it is of release {backup.release}: `frontdesk migrate` brings it to this one")
        return 0
    return verify(settings)
