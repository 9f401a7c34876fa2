"""Figures with OpenTelemetry's SDK, for whatever its readers send them to."""

import socket
import sys
from collections.abc import Mapping
from typing import Any

import attrs
from opentelemetry.metrics import Meter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import (
    ConsoleMetricExporter,
    MetricReader,
    PeriodicExportingMetricReader,
)
from opentelemetry.sdk.resources import SERVICE_NAME, Resource

from application.kernel.figures import Counter, Figure, Figures, Gauge, Histogram


@attrs.define(eq=False)
class OpenTelemetryFigures(Figures):
    """Instruments are made when they are used first: what was never seen is not told."""

    meter: Meter
    _made: dict[Figure, Any] = attrs.field(factory=dict, init=False)

    def add(self, counter: Counter, /, *labels: str, amount: float = 1) -> None:
        self._instrument(counter).add(amount, _attributes(counter, labels))

    def observe(self, histogram: Histogram, value: float, /, *labels: str) -> None:
        self._instrument(histogram).record(value, _attributes(histogram, labels))

    def set(self, gauge: Gauge, value: float, /, *labels: str) -> None:
        self._instrument(gauge).set(value, _attributes(gauge, labels))

    def _instrument(self, figure: Figure) -> Any:
        if figure not in self._made:
            self._made[figure] = _instrument(self.meter, figure)
        return self._made[figure]


def _instrument(meter: Meter, figure: Figure) -> Any:
    name, unit, help = figure.name, figure.unit, figure.help
    match figure:
        case Histogram():
            return meter.create_histogram(
                name, unit, help, explicit_bucket_boundaries_advisory=figure.bounds
            )
        case Gauge():
            return meter.create_gauge(name, unit, help)
        case _:
            return meter.create_counter(name, unit, help)


def _attributes(figure: Figure, labels: tuple[str, ...]) -> Mapping[str, str]:
    return dict(zip(figure.labels, labels, strict=True))


def open_figures(reader: MetricReader) -> Figures:
    """Takes any reader made for the SDK; it decides when the figures go where."""
    said = {SERVICE_NAME: "frontdesk", "host.name": socket.gethostname()}
    provider = MeterProvider([reader], resource=Resource.create(said))
    return OpenTelemetryFigures(provider.get_meter("frontdesk"))


def to_console() -> MetricReader:
    """A line of JSON a minute on standard error."""
    exporter = ConsoleMetricExporter(sys.stderr, lambda data: f"{data.to_json(indent=None)}\n")
    return PeriodicExportingMetricReader(exporter, export_interval_millis=60_000)
