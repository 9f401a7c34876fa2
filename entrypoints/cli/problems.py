"""`frontdesk problems`: every problem there is, as Markdown."""

import argparse
from collections.abc import Iterator

from entrypoints.http import app  # noqa: F401 - with it comes whatever refuses something
from entrypoints.http.problem_pages import ProblemKind, kinds
from entrypoints.http.resolutions import RESOLUTIONS
from entrypoints.wiring.settings import Settings

HEAD = """\
# Problems

Every `code` that an answer of the API can carry; [consume the API](guides/consume-the-api.md) says
what else a problem has. A running server shows the same at
`/problems`, each with an example. This page is made by `make docs`.

## What to do

| category | what to do |
| --- | --- |"""

CODES = """
## All codes

| code | status | category | severity | when |
| --- | --- | --- | --- | --- |"""


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_settings: Settings, _arguments: argparse.Namespace) -> int:
    print("\n".join(page()))
    return 0


def page() -> Iterator[str]:
    yield HEAD
    for category, words in RESOLUTIONS.items():
        yield f"| {category.value} | {words} |"
    yield CODES
    yield from map(_row, kinds().values())


def _row(kind: ProblemKind) -> str:
    cells = (f"`{kind.code}`", kind.status, kind.category.value, kind.severity.value, kind.meaning)
    return f"| {' | '.join(str(cell).replace('|', '&#124;') for cell in cells)} |"
