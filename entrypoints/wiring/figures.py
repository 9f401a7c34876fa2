"""Where figures go, and the page they are shown on."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs

from adapters.sql.database import Database
from adapters.sql.observing import Observing, OfThePool
from adapters.telemetry.counted import Counted
from adapters.telemetry.figure_folder import in_folder, is_in_folder
from adapters.telemetry.readings import OfTheDisk, OfTheProcess, Readings
from application.kernel.figures import UNTOLD, Counter, Figure, Figures, Gauge, Histogram
from application.kernel.told_figures import EVERY_FIGURE
from application.kernel.tracing import Marking
from entrypoints.wiring.pooling import most_connections
from entrypoints.wiring.settings import Settings


@attrs.frozen
class Both(Figures):
    one: Figures
    other: Figures

    def add(self, counter: Counter, /, *labels: str, amount: float = 1) -> None:
        self.one.add(counter, *labels, amount=amount)
        self.other.add(counter, *labels, amount=amount)

    def observe(self, histogram: Histogram, value: float, /, *labels: str) -> None:
        self.one.observe(histogram, value, *labels)
        self.other.observe(histogram, value, *labels)

    def set(self, gauge: Gauge, value: float, /, *labels: str) -> None:
        self.one.set(gauge, value, *labels)
        self.other.set(gauge, value, *labels)


def names_on_page() -> Mapping[Figure, str]:
    from adapters.telemetry.prometheus import name_of  # noqa: PLC0415

    return {
        figure: name_of(figure) + ("_total" if isinstance(figure, Counter) else "")
        for figure in EVERY_FIGURE
    }


def page_of(settings: Settings) -> Any:
    """The figures that Prometheus is shown, if there is a port to show them at."""
    if settings.metrics_port == 0:
        return None
    # Not for commands that show nothing.
    from adapters.telemetry.prometheus import PrometheusFigures  # noqa: PLC0415

    return PrometheusFigures(EVERY_FIGURE)


def figures_of(settings: Settings, page: Any) -> Figures:
    told: Figures = UNTOLD if page is None else page
    if settings.metrics == "none":
        return told
    # Loading the SDK takes longer than some commands run.
    from adapters.telemetry.figures import open_figures, to_console  # noqa: PLC0415

    console = open_figures(to_console())
    return console if told is UNTOLD else Both(told, console)


@attrs.frozen
class Listening:
    """Slow statements are logged even if nobody wants figures."""

    settings: Settings
    figures: Figures
    readings: Readings
    seconds: Callable[[], float]
    mark: Marking | None

    def __call__(self, database: Database, /) -> None:
        slow = self.settings.slow_statement
        Observing(figures=self.figures, seconds=self.seconds, slow=slow, mark=self.mark).listen(
            database.engine
        )
        most = most_connections(self.settings, database.engine.pool)
        self.readings.add(OfThePool(database.engine, most, self.figures))


@contextmanager
def measuring(container: Any) -> Iterator[None]:
    """Counts what is logged and looks at what nobody reports, until this ends."""
    settings, figures = container.settings(), container.telemetry.figures()
    if figures is UNTOLD:
        yield
        return
    counted, readings = Counted(figures), container.telemetry.readings()
    logging.getLogger().addHandler(counted)
    readings.add(OfTheProcess(figures))
    readings.add(OfTheDisk(figures, settings.data_dir))
    readings.start()
    close = _shown(settings, container.telemetry.page())
    try:
        yield
    finally:
        close()
        readings.stop()
        logging.getLogger().removeHandler(counted)


@contextmanager
def adding_up(settings: Settings) -> Iterator[None]:
    """A page for all processes that are started within, by the one that starts them."""
    if settings.metrics_port == 0:
        yield
        return
    with TemporaryDirectory(prefix="frontdesk-figures-") as name:
        folder = Path(name)
        in_folder(folder)
        from adapters.telemetry.prometheus import page_of_processes  # noqa: PLC0415

        close = _open(settings, page_of_processes(folder))
        try:
            yield
        finally:
            close()


def _shown(settings: Settings, page: Any) -> Callable[[], None]:
    if page is None:
        return lambda: None
    # Where processes add up, whoever started them has the page.
    return (lambda: None) if is_in_folder() else _open(settings, page.registry)


def _open(settings: Settings, registry: Any) -> Callable[[], None]:
    from adapters.telemetry.prometheus import open_page  # noqa: PLC0415

    host, port = settings.metrics_host, settings.metrics_port
    try:
        close, _ = open_page(registry, host=host, port=port)
    except OSError as error:
        raise SystemExit(
            f"frontdesk: cannot show figures on {host}:{port}: {error.strerror}"
        ) from error
    return close
