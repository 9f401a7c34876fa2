"""Where log lines go: to standard error, in UTC, one an event."""

import logging
from typing import TextIO

from adapters.telemetry.log_lines import JsonLines, Lines, PlainLines, lines_for_people
from entrypoints.wiring.at_work import facts
from entrypoints.wiring.settings import Settings

OURS = ("frontdesk", "application", "adapters", "entrypoints")


def configure_logs(settings: Settings, stream: TextIO | None = None) -> None:
    """Libraries are heard from WARNING on: what they do when all is well is not news."""
    handlers: list[logging.Handler] = [_lines(settings.log_format, stream)]
    logging.basicConfig(level=logging.WARNING, handlers=handlers, force=True)
    for package in OURS:
        logging.getLogger(package).setLevel(settings.log_level)


def _lines(form: str, stream: TextIO | None) -> logging.Handler:
    lines = Lines(stream)
    plain = form == "text" or (form == "auto" and lines_for_people(stream))
    lines.setFormatter(PlainLines(facts) if plain else JsonLines(facts))
    return lines
