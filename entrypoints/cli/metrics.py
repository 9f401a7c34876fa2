"""`frontdesk metrics`: every figure there is, as Markdown."""

import argparse

from application.kernel.figures import Counter, Figure, Gauge
from application.kernel.told_figures import EVERY_FIGURE
from entrypoints.wiring.figures import names_on_page
from entrypoints.wiring.settings import Settings

HEAD = """\
# Metrics

What the program tells of its own work, under the names of OpenTelemetry's conventions and those on
the page for Prometheus, see [operations](operations.md). Labels have few values, which come from
the code: never an organization, a person, or what somebody sends. This page is made by
`make docs`.

| metric | on the page | kind | labels | meaning |
| --- | --- | --- | --- | --- |"""


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_settings: Settings, _arguments: argparse.Namespace) -> int:
    print(page())
    return 0


def page() -> str:
    names = names_on_page()
    return "\n".join([HEAD, *(_row(figure, names[figure]) for figure in EVERY_FIGURE)])


def _row(figure: Figure, name: str) -> str:
    labels = ", ".join(f"`{label}`" for label in figure.labels)
    return f"| `{figure.name}` | `{name}` | {_kind(figure)} | {labels} | {figure.help} |"


def _kind(figure: Figure) -> str:
    match figure:
        case Counter():
            return "counter"
        case Gauge():
            return "gauge"
        case _:
            return "histogram"
