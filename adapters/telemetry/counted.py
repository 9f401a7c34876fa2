"""What went wrong, counted: whatever is logged as a warning or worse.

And what is left alone since it failed too often: breakers log each change of theirs.
"""

import logging
import socket
import sys

from opentelemetry.metrics import Meter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import (
    ConsoleMetricExporter,
    MetricReader,
    PeriodicExportingMetricReader,
)
from opentelemetry.sdk.resources import SERVICE_NAME, Resource

NAME = "frontdesk.errors"
UNSAID = "unforeseen"
BREAKERS = "frontdesk.breakers"
OPENNESS = {"closed": 0, "half_open": 1, "open": 2}


class Counted(logging.Handler):
    """By category, severity and type of error: few values each, and none of anybody's making."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(logging.WARNING)
        self._counter = meter.create_counter(NAME, unit="{error}", description="What went wrong.")
        self._breakers = meter.create_gauge(
            BREAKERS, description="0 is closed, 1 half open, 2 open."
        )
        self._host = socket.gethostname()

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info and record.exc_info[1]
        self._counter.add(
            1,
            {
                "category": str(getattr(record, "category", UNSAID)),
                "severity": str(getattr(record, "severity", record.levelname.lower())),
                "error.type": type(error).__qualname__ if error else "",
                "logger": record.name,
            },
        )
        breaker, state = getattr(record, "breaker", None), getattr(record, "state", None)
        if breaker is not None and state in OPENNESS:
            self._breakers.set(OPENNESS[state], {"breaker": breaker, "host.name": self._host})


def open_counting(reader: MetricReader) -> Counted:
    """Takes any reader made for the SDK; it decides when the figures go where."""
    provider = MeterProvider([reader], resource=Resource.create({SERVICE_NAME: "frontdesk"}))
    return Counted(provider.get_meter("frontdesk"))


def to_console() -> MetricReader:
    """A line of JSON a minute on standard error."""
    exporter = ConsoleMetricExporter(sys.stderr, lambda data: f"{data.to_json(indent=None)}\n")
    return PeriodicExportingMetricReader(exporter, export_interval_millis=60_000)
