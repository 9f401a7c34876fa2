"""Figures on a page that Prometheus reads, at a port of their own.

Several processes of one server write into files of one folder, and the page adds up what they
say: see `figure_folder`.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import attrs
import prometheus_client
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from application.kernel.figures import Counter, Figure, Figures, Gauge, Histogram

UNITS = {"s": "seconds", "By": "bytes"}

prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]


def name_of(figure: Figure) -> str:
    """As OpenTelemetry's own exporter would have it; a counter's samples end in `_total`."""
    name = spelt(figure.name)
    unit = UNITS.get(figure.unit)
    return f"{name}_{unit}" if unit else name


def spelt(name: str) -> str:
    return name.replace(".", "_")


class PrometheusFigures(Figures):
    """A page of its own for each: two programs in one process do not hear of each other.

    What counts begins with 0. A level that nobody has told is not shown: it would be made up.
    """

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.registry = CollectorRegistry()
        self._making = Lock()
        self._made: dict[Figure, Any] = {}
        self._labelled: dict[tuple[Figure, tuple[str, ...]], Any] = {}
        for figure in figures:
            if not isinstance(figure, Gauge):
                self._making_of(figure)

    def add(self, counter: Counter, /, *labels: str, amount: float = 1) -> None:
        self._at(counter, labels).inc(amount)

    def observe(self, histogram: Histogram, value: float, /, *labels: str) -> None:
        self._at(histogram, labels).observe(value)

    def set(self, gauge: Gauge, value: float, /, *labels: str) -> None:
        self._at(gauge, labels).set(value)

    def _at(self, figure: Figure, labels: tuple[str, ...]) -> Any:
        key = (figure, labels)
        found = self._labelled.get(key)
        if found is None:
            made = self._making_of(figure)
            found = self._labelled[key] = made.labels(*labels) if labels else made
        return found

    def _making_of(self, figure: Figure) -> Any:
        with self._making:
            if figure not in self._made:
                self._made[figure] = _made(figure, self.registry)
            return self._made[figure]


def _made(figure: Figure, registry: CollectorRegistry) -> Any:
    name, help, labels = name_of(figure), figure.help, tuple(map(spelt, figure.labels))
    match figure:
        case Histogram():
            return prometheus_client.Histogram(
                name, help, labels, registry=registry, buckets=figure.bounds
            )
        case Gauge():
            mode: Any = "livesum" if figure.adds_up else "livemax"
            return prometheus_client.Gauge(
                name, help, labels, registry=registry, multiprocess_mode=mode
            )
        case _:
            return prometheus_client.Counter(name, help, labels, registry=registry)


@attrs.frozen
class Living:
    """Gauges of processes that have ended are nobody's any more; what they counted stays."""

    folder: Path

    def __call__(self) -> None:
        for file in self.folder.glob("gauge_live*.db"):
            pid = file.stem.rpartition("_")[2]
            if not Path(f"/proc/{pid}").exists():
                mark_process_dead(int(pid), str(self.folder))  # type: ignore[no-untyped-call]


class PageOfProcesses(MultiProcessCollector):
    def __init__(self, registry: CollectorRegistry, folder: Path) -> None:
        super().__init__(registry, str(folder))  # type: ignore[no-untyped-call]
        self._bury = Living(folder)

    def collect(self) -> Any:
        self._bury()
        return super().collect()  # type: ignore[no-untyped-call]


def page_of_processes(folder: Path) -> CollectorRegistry:
    registry = CollectorRegistry()
    PageOfProcesses(registry, folder)
    return registry


def open_page(
    registry: CollectorRegistry, *, host: str, port: int
) -> tuple[Callable[[], None], int]:
    """Serves it from a thread, even while the program is too busy; how to end that, and where."""
    server, thread = prometheus_client.start_http_server(port, host, registry)

    def close() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return close, server.server_port
