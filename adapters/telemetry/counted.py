"""What went wrong, counted: whatever is logged as a warning or worse."""

import logging
import sys

from opentelemetry.metrics import Counter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import (
    ConsoleMetricExporter,
    MetricReader,
    PeriodicExportingMetricReader,
)
from opentelemetry.sdk.resources import SERVICE_NAME, Resource

NAME = "frontdesk.errors"
UNSAID = "unforeseen"


class Counted(logging.Handler):
    """By category, severity and type of error: few values each, and none of anybody's making."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(logging.WARNING)
        self._counter = counter

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


def open_counting(reader: MetricReader) -> Counted:
    """Takes any reader made for the SDK; it decides when the figures go where."""
    provider = MeterProvider([reader], resource=Resource.create({SERVICE_NAME: "frontdesk"}))
    meter = provider.get_meter("frontdesk")
    return Counted(meter.create_counter(NAME, unit="{error}", description="What went wrong."))


def to_console() -> MetricReader:
    """A line of JSON a minute on standard error."""
    exporter = ConsoleMetricExporter(sys.stderr, lambda data: f"{data.to_json(indent=None)}\n")
    return PeriodicExportingMetricReader(exporter, export_interval_millis=60_000)
