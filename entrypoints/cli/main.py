"""The command line."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from dotenv import dotenv_values

from entrypoints.cli import configuration, demo, keys, migrate, serve, verify, worker
from entrypoints.cli.logs import configure_logs
from entrypoints.wiring.options import BadSettings
from entrypoints.wiring.settings import Settings


class Command(Protocol):
    """A module of this package. What it needs to do its work it imports when it is run."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, settings: Settings, arguments: argparse.Namespace) -> int:
        """The exit code."""
        ...


COMMANDS: dict[str, tuple[Command, str]] = {
    "serve": (serve, "serve the HTTP API"),
    "worker": (worker, "run background work: events, mail, expiring holds"),
    "migrate": (migrate, "bring the database to the schema of this release"),
    "demo": (demo, "a small business to play with"),
    "verify": (verify, "check every invariant on a live database, read-only"),
    "keys": (keys, "organizations and their API keys"),
    "configuration": (configuration, "every option, as Markdown"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="frontdesk", description="The back end of a desk that takes bookings."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (command, words) in COMMANDS.items():
        command.add_arguments(
            commands.add_parser(name, help=words, description=f"{words.capitalize()}.")
        )
    chosen = parser.parse_args(arguments)
    try:
        settings = Settings.from_environment(_environment())
    except BadSettings as bad:
        for variable, problem in bad.problems.items():
            print(f"frontdesk: {variable} {problem}", file=sys.stderr)
        return 2
    configure_logs(settings.log_level)
    command, _ = COMMANDS[chosen.command]
    return command.run(settings, chosen)


def _environment() -> dict[str, str]:
    """The environment counts for more than `.env`, as usual."""
    from_file = {
        name: value for name, value in dotenv_values(Path(".env")).items() if value is not None
    }
    return {**from_file, **os.environ}


if __name__ == "__main__":
    sys.exit(main())
