"""`frontdesk backup`: a copy of everything, while others go on working."""

import argparse

from entrypoints.wiring.backups import backups_of
from entrypoints.wiring.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("within", help="the folder in which a new one is made for it")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    backup = backups_of(settings).make(arguments.within)
    print(backup.folder)
    return 0
