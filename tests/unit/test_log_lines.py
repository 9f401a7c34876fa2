"""Lines of the log: one an event, whatever is said in it, and whatever fails meanwhile."""

import asyncio
import io
import json
import logging
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs
import pytest
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from adapters.resilience import breaker
from adapters.resilience.boards import FileBoard
from adapters.resilience.breaker import Breaker, Preset
from adapters.telemetry.counted import Counted
from adapters.telemetry.figures import open_figures
from adapters.telemetry.log_lines import JsonLines, Lines, PlainLines
from entrypoints.wiring.at_work import at_work_on, facts
from entrypoints.wiring.logs import configure_logs
from entrypoints.wiring.settings import Settings

logger = logging.getLogger("frontdesk.of_this_test")
FORGED = 'x\r\n{"level": "INFO"}\x1b[2J'


@attrs.frozen
class Log:
    stream: io.StringIO
    handler: Lines

    @property
    def lines(self) -> list[str]:
        return self.stream.getvalue().splitlines()

    @property
    def only(self) -> dict[str, Any]:
        [line] = self.lines
        said: dict[str, Any] = json.loads(line)
        return said


def opened(formatter: logging.Formatter) -> Iterator[Log]:
    stream = io.StringIO()
    handler = Lines(stream)
    handler.setFormatter(formatter)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    at_work_on(request_id="r-1")
    yield Log(stream, handler)
    logger.removeHandler(handler)
    logger.propagate = True
    at_work_on()


@pytest.fixture
def json_log() -> Iterator[Log]:
    yield from opened(JsonLines(facts))


@pytest.fixture
def plain_log() -> Iterator[Log]:
    yield from opened(PlainLines(facts))


def break_down() -> None:
    known: dict[str, str] = {}
    try:
        known["Ana Sousa"]
    except KeyError as error:
        raise RuntimeError("row of ana@example.com\nDETAIL: (4242 4242 4242 4242)") from error


def test_an_event_is_a_line_with_what_belongs_to_it(json_log: Log) -> None:
    logger.info("answered %s", "well", extra={"status": 200, "route": "/v1/holds"})

    assert json_log.only == {
        "time": json_log.only["time"],
        "level": "INFO",
        "logger": "frontdesk.of_this_test",
        "message": "answered well",
        "request_id": "r-1",
        "status": 200,
        "route": "/v1/holds",
    }
    assert json_log.only["time"].endswith("+00:00")


def test_people_get_the_same_in_words(plain_log: Log) -> None:
    logger.info("answered", extra={"status": 200, "words": "two words"})

    [line] = plain_log.lines
    assert line.endswith(
        'INFO frontdesk.of_this_test answered request_id=r-1 status=200 words="two words"'
    )


def test_an_error_tells_its_types_and_places_and_nothing_it_quotes(json_log: Log) -> None:
    try:
        break_down()
    except RuntimeError:
        logger.exception("failed")

    outer, inner = json_log.only["errors"]
    assert (outer["type"], outer["message"]) == ("builtins.RuntimeError", "row of [e-mail]")
    assert (inner["type"], inner["message"]) == ("builtins.KeyError", "'…'")
    assert outer["stack"][-1].startswith("tests/unit/test_log_lines.py:")
    assert outer["stack"][-1].endswith("in break_down")
    assert not any(word in json_log.lines[0] for word in ("Ana", "4242", "example.com"))


def test_nobody_forges_a_line(json_log: Log, plain_log: Log) -> None:
    logger.info("said %s", FORGED, extra={"origin": FORGED})

    for log in (json_log, plain_log):
        assert len(log.lines) == 1
        assert "\x1b" not in log.lines[0]


class Mute:
    def __str__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("message", "arguments", "extra"),
    [
        ("%d rooms", ("many",), {}),
        ("%s and %s", ("one",), {}),
        ("%s", (Mute(),), {}),
        ("odd", (), {"thing": object()}),
        ("not a number", (), {"number": float("nan")}),
        ("half \ud800", (), {}),
    ],
)
def test_a_line_that_is_wrong_is_a_line_nevertheless(
    json_log: Log, message: str, arguments: tuple[Any, ...], extra: dict[str, Any]
) -> None:
    record = {"msg": message, "args": arguments, "levelname": "INFO", **extra}
    json_log.handler.handle(logging.makeLogRecord(record))

    assert json_log.only["level"] == "INFO"


def test_an_error_that_cannot_say_what_it_is_is_told(json_log: Log) -> None:
    class Silent(Exception):
        __str__ = Mute.__str__

    logger.error("failed", exc_info=Silent())

    assert json_log.only["errors"][0]["message"] == "(it cannot be said)"


class FullDisk(io.StringIO):
    full = True

    def write(self, text: str, /) -> int:
        if self.full:
            raise OSError(28, "No space left on device")
        return super().write(text)


def test_what_could_not_be_written_is_told_of_when_it_can(
    json_log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    disk = FullDisk()
    json_log.handler.setStream(disk)
    logger.info("one")
    logger.info("two")
    disk.full = False
    logger.info("three")
    logger.info("four")

    three, four = map(json.loads, disk.getvalue().splitlines())
    assert (three["message"], three["lines_lost"]) == ("three", 2)
    assert "lines_lost" not in four
    assert capsys.readouterr().err == ""


def test_what_goes_wrong_is_counted_by_kind() -> None:
    reader = InMemoryMetricReader()
    counting = Counted(open_figures(reader))
    for level, extra in (
        (logging.INFO, {}),
        (logging.WARNING, {"category": "database", "severity": "high"}),
        (logging.ERROR, {"category": "system", "severity": "critical"}),
        (logging.ERROR, {}),
    ):
        record = logging.makeLogRecord({"levelno": level, "levelname": "ERROR", **extra})
        if record.levelno >= counting.level:
            counting.handle(record)

    data: Any = reader.get_metrics_data()
    [metric] = data.resource_metrics[0].scope_metrics[0].metrics
    assert metric.name == "frontdesk.errors"
    told = {
        (p.attributes["category"], p.attributes["severity"]): p.value
        for p in metric.data.data_points
    }
    assert told == {("database", "high"): 1, ("system", "critical"): 1, ("unforeseen", "error"): 1}


def test_how_breakers_stand_is_told(tmp_path: Path) -> None:
    reader = InMemoryMetricReader()
    counting = Counted(open_figures(reader))
    logging.getLogger(breaker.__name__).addHandler(counting)
    try:
        one, two = (
            Breaker(
                name=name,
                preset=Preset(failures=1, successes=1, open_for=30),
                seconds=lambda: 0.0,
                fails=lambda _: True,
                board=FileBoard(tmp_path, lambda: 0.0),
            )
            for name in ("payments", "refunds")
        )
        for failing in (one, two):
            with suppress(OSError):
                asyncio.run(failing(_fails))
        two.reset()
    finally:
        logging.getLogger(breaker.__name__).removeHandler(counting)

    data: Any = reader.get_metrics_data()
    metrics = {one.name: one for one in data.resource_metrics[0].scope_metrics[0].metrics}
    points = metrics["frontdesk.breakers"].data.data_points
    assert {p.attributes["breaker"]: p.value for p in points} == {"payments": 2, "refunds": 0}
    assert data.resource_metrics[0].resource.attributes["host.name"] == socket.gethostname()


async def _fails() -> None:
    raise OSError


@pytest.fixture
def untouched_logs() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in ("frontdesk", "application", "adapters", "entrypoints"):
        logging.getLogger(name).setLevel(logging.NOTSET)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("form", "stream", "begins"),
    [
        ("auto", io.StringIO(), '{"time": "'),
        ("auto", Terminal(), "20"),
        ("json", Terminal(), '{"time": "'),
        ("text", io.StringIO(), "20"),
    ],
)
@pytest.mark.usefixtures("untouched_logs")
def test_programs_get_json_and_people_text(form: str, stream: io.StringIO, begins: str) -> None:
    configure_logs(Settings(log_format=form), stream)
    logging.getLogger("entrypoints.anything").info("said")
    logging.getLogger("library.anything").info("unsaid")

    [line] = stream.getvalue().splitlines()
    assert line.startswith(begins)
    assert sys.stderr is not stream
