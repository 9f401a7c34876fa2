"""Lines of the log: one an event, as JSON or for people, with nothing that must not be told."""

import json
import logging
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TextIO

from application.kernel.redaction import redacted, redacted_complaint, redacted_member

USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
HERE = Path(__file__).parents[2]
MOST_FRAMES = 60
MOST_CAUSES = 5

Facts = Callable[[], Mapping[str, str]]
"""What is known of what the program is at work on."""


class Lines(logging.StreamHandler[TextIO]):
    """Nobody fails because a line could not be written; the next one says how many were lost."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__(stream)
        self.lost = 0

    def emit(self, record: logging.LogRecord) -> None:
        lost = self.lost
        if lost:
            record.lines_lost = lost
        super().emit(record)
        if self.lost == lost:
            self.lost = 0

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        self.lost += 1


class JsonLines(logging.Formatter):
    """For programs that collect logs."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._facts = facts

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _moment(record),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
            **self._facts(),
            **_extras(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["errors"] = list(errors(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False, default=_odd)


class PlainLines(logging.Formatter):
    """For people: what belongs to a line comes behind the message, an error on lines below it."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._facts = facts

    def format(self, record: logging.LogRecord) -> str:
        members = {**self._facts(), **_extras(record)}
        words = [_moment(record), record.levelname, record.name, _message(record)]
        line = " ".join([*words, *(f"{name}={_plain(it)}" for name, it in members.items())])
        if record.exc_info and record.exc_info[1] is not None:
            for error in errors(record.exc_info[1]):
                line += f"\n    {error['type']}: {error['message']}"
                line += "".join(f"\n      {frame}" for frame in error["stack"])
        return line


def errors(error: BaseException) -> Iterator[dict[str, Any]]:
    """An error and what led to it: types and places, and messages without what they quote."""
    told: BaseException | None = error
    for _ in range(MOST_CAUSES):
        if told is None:
            return
        yield {
            "type": f"{type(told).__module__}.{type(told).__qualname__}",
            "message": _complaint(told),
            "stack": list(_frames(told)),
        }
        told = told.__cause__ or (None if told.__suppress_context__ else told.__context__)


def _frames(error: BaseException) -> Iterator[str]:
    walked = traceback.walk_tb(error.__traceback__)
    frames = traceback.StackSummary.extract(walked, limit=-MOST_FRAMES, lookup_lines=False)
    for frame in frames:
        path = Path(frame.filename)
        place = path.relative_to(HERE) if path.is_relative_to(HERE) else path.name
        yield f"{place}:{frame.lineno} in {frame.name}"


def _complaint(error: BaseException) -> str:
    try:
        return redacted_complaint(str(error))
    except Exception:  # noqa: BLE001  (whatever keeps an error from saying what it is)
        return "(it cannot be said)"


def _message(record: logging.LogRecord) -> str:
    try:
        return redacted(record.getMessage())
    except Exception:  # noqa: BLE001  (a line with the wrong arguments still is a line)
        return f"{redacted(str(record.msg))} (its arguments do not fit)"


def _extras(record: logging.LogRecord) -> dict[str, Any]:
    return {
        name: redacted_member(name, value)
        for name, value in vars(record).items()
        if name not in USUAL
    }


def _moment(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, timezone.utc)
    return moment.isoformat(timespec="milliseconds")


def _plain(value: Any) -> str:
    if isinstance(value, str) and value and " " not in value:
        return value
    return json.dumps(value, ensure_ascii=False, default=_odd)


def _odd(value: object) -> str:
    return f"({type(value).__name__})"


def lines_for_people(stream: TextIO | None = None) -> bool:
    return (stream or sys.stderr).isatty()
