"""The command line."""

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Protocol

import attrs

from application.kernel.backups import BackupTrouble
from application.kernel.secrets import SecretTrouble
from domain.kernel.refusals import Refusal
from entrypoints.wiring.environment import environment
from entrypoints.wiring.lasting import loading
from entrypoints.wiring.logs import configure_logs
from entrypoints.wiring.options import BadSettings, unknown
from entrypoints.wiring.settings import Settings
from entrypoints.worker.signals import leave_before_work


class Command(Protocol):
    """A module of this package."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, settings: Settings, arguments: argparse.Namespace) -> int:
        """The exit code."""
        ...


COMMANDS = {
    "serve": "serve the HTTP API",
    "worker": "run background work: events, mail, expiring holds",
    "migrate": "bring the database to the schema of this release",
    "demo": "a small business to play with",
    "ring": "somebody rings the desk, over the simulated line",
    "status": "how every part does: ok, degraded or down",
    "care": "what could be done for the database, by its own statistics",
    "verify": "check every invariant on a live database, read-only",
    "failures": "jobs and events that were given up, and to have them done after all",
    "backup": "a copy of everything, while others go on working",
    "restore": "begin again from a backup",
    "drill": "restore the newest backup elsewhere, and verify it",
    "import": "offerings, pools, bookings or calls of the past from CSV or JSON lines",
    "crawl": "read a documentation site, or go on with it",
    "figures": "what figures are read from, built anew",
    "organizations": "who there is, what they may have, and whether they go on",
    "audit": "where every organization's chain of facts ends, to be kept elsewhere",
    "members": "who works at a desk, and its first owner",
    "keys": "organizations and their API keys",
    "secrets": "passwords and keys, in a file that is encrypted",
    "personal-keys": "keys that bookings are sealed with as far as they say who booked",
    "customers": "what is kept on somebody: shown, or forgotten",
    "configuration": "every option, as Markdown",
    "problems": "every problem there is, as Markdown",
    "metrics": "every figure there is, as Markdown",
    "routes": "every route of the API, as Markdown",
}

GO_ON = {"serve", "worker", "demo"}  # until they are told to stop


def main(arguments: Sequence[str] | None = None) -> int:
    name, rest = _split(arguments)
    if name in GO_ON:
        leave_before_work()
    with loading():
        command = _command(name)
    parser = argparse.ArgumentParser(
        prog=f"frontdesk {name}", description=f"{COMMANDS[name].capitalize()}."
    )
    command.add_arguments(parser)
    chosen = parser.parse_args(rest)
    variables = environment()
    for stranger in unknown(attrs.fields(Settings), variables):
        print(f"frontdesk: {stranger} is not an option; is it misspelt?", file=sys.stderr)
    try:
        # Whoever sets a secret may have referred to it already.
        read = Settings.without_secrets if name == "secrets" else Settings.from_environment
        settings = read(variables)
    except BadSettings as bad:
        for variable, problem in bad.problems.items():
            print(f"frontdesk: {variable} {problem}", file=sys.stderr)
        return 2
    configure_logs(settings)
    try:
        return command.run(settings, chosen)
    except (Refusal, SecretTrouble, BackupTrouble) as refusal:
        print(f"frontdesk: {refusal}", file=sys.stderr)
        return 1


def _split(arguments: Sequence[str] | None) -> tuple[str, list[str]]:
    """The command, and what is meant for it."""
    lines = "\n".join(f"  {name:<14} {words}" for name, words in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="frontdesk",
        description="The back end of a desk that takes bookings.",
        epilog=f"commands:\n{lines}\n\n`frontdesk COMMAND --help` says more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"frontdesk {version('frontdesk')}")
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    found = parser.parse_args(arguments)
    return found.command, found.rest


def _command(name: str) -> Command:
    # Imported when called for: a server's worth of libraries takes a second that `--help`, or a
    # shell completing a word, need not wait for.
    command: Command
    match name:
        case "serve":
            from entrypoints.cli import serve as command  # noqa: PLC0415
        case "worker":
            from entrypoints.cli import worker as command  # noqa: PLC0415
        case "migrate":
            from entrypoints.cli import migrate as command  # noqa: PLC0415
        case "demo":
            from entrypoints.cli import demo as command  # noqa: PLC0415
        case "ring":
            from entrypoints.cli import ring as command  # noqa: PLC0415
        case "verify":
            from entrypoints.cli import verify as command  # noqa: PLC0415
        case "organizations":
            from entrypoints.cli import organizations as command  # noqa: PLC0415
        case _:
            return _command_on_everything(name)
    return command


def _command_on_everything(name: str) -> Command:
    command: Command
    match name:
        case "import":
            from entrypoints.cli import imports as command  # noqa: PLC0415
        case "figures":
            from entrypoints.cli import figures as command  # noqa: PLC0415
        case "failures":
            from entrypoints.cli import failures as command  # noqa: PLC0415
        case "crawl":
            from entrypoints.cli import crawl as command  # noqa: PLC0415
        case "backup":
            from entrypoints.cli import backup as command  # noqa: PLC0415
        case "restore":
            from entrypoints.cli import restore as command  # noqa: PLC0415
        case "drill":
            from entrypoints.cli import drill as command  # noqa: PLC0415
        case _:
            return _other_command(name)
    return command


def _other_command(name: str) -> Command:
    command: Command
    match name:
        case "audit":
            from entrypoints.cli import audit as command  # noqa: PLC0415
        case "care":
            from entrypoints.cli import care as command  # noqa: PLC0415
        case "members":
            from entrypoints.cli import members as command  # noqa: PLC0415
        case "keys":
            from entrypoints.cli import keys as command  # noqa: PLC0415
        case "personal-keys":
            from entrypoints.cli import personal_keys as command  # noqa: PLC0415
        case "customers":
            from entrypoints.cli import customers as command  # noqa: PLC0415
        case "secrets":
            from entrypoints.cli import secrets as command  # noqa: PLC0415
        case _:
            return _command_that_explains(name)
    return command


def _command_that_explains(name: str) -> Command:
    command: Command
    match name:
        case "problems":
            from entrypoints.cli import problems as command  # noqa: PLC0415
        case "status":
            from entrypoints.cli import status as command  # noqa: PLC0415
        case "metrics":
            from entrypoints.cli import metrics as command  # noqa: PLC0415
        case "routes":
            from entrypoints.cli import routes as command  # noqa: PLC0415
        case _:
            from entrypoints.cli import configuration as command  # noqa: PLC0415
    return command


if __name__ == "__main__":
    sys.exit(main())
