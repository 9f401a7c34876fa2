"""`frontdesk configuration`: every option, as Markdown."""

import argparse
from typing import Any

import attrs

from entrypoints.wiring.options import variable
from entrypoints.wiring.settings import Settings

HEAD = """\
# Configuration

Options are read from the environment, and from a file `.env` in the working directory where the
environment does not say. They are checked at start: an option that cannot be used is named, and
the program does not start; one that nobody knows is named, too. This page is made by `make docs`.

| variable | default | meaning |
| --- | --- | --- |"""

TAIL = """
The tests take `FRONTDESK_TEST_PG_URL` and `FRONTDESK_TEST_REDIS_URL`, and bring servers of their
own where these are not set."""


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_settings: Settings, _arguments: argparse.Namespace) -> int:
    print(page())
    return 0


def page() -> str:
    rows = [_row(field) for field in attrs.fields(Settings)]
    return "\n".join([HEAD, *rows, TAIL])


def _row(field: "attrs.Attribute[Any]") -> str:
    default = "" if field.default in (None, (), frozenset()) else f"`{_written(field.default)}`"
    return f"| `{variable(field.name)}` | {default} | {field.metadata['help']} |"


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
