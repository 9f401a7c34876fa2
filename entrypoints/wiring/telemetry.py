"""Wiring of what the program tells about its own work."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import attrs
from dependency_injector import containers, providers

from adapters.telemetry.measured import Measured, MeasuredServing
from adapters.telemetry.readings import Readings
from application.kernel.figures import UNTOLD, Figures
from application.kernel.ports import UseCase
from application.kernel.tracing import (
    Continuing,
    Marking,
    ServedSpan,
    Serving,
    Trace,
    at_hand,
)
from entrypoints.wiring.ambient import hexadecimal, nanoseconds
from entrypoints.wiring.at_work import for_now
from entrypoints.wiring.figures import Listening, figures_of, page_of
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe

BYTES_OF_TRACE, BYTES_OF_SPAN = 16, 8


@attrs.frozen
class Unrecorded:
    """A span that nobody exports; its ids still tell which lines of logs belong together."""

    trace: Trace

    def end(self, *, method: str, route: str, status: int) -> None:
        pass


@attrs.frozen
class Untraced:
    hexadecimal: Callable[[int], str]

    def __call__(self, parent: Trace | None, /) -> ServedSpan:
        return Unrecorded(self.step(parent))

    def step(self, parent: Trace | None) -> Trace:
        span_id = self.hexadecimal(BYTES_OF_SPAN)
        if parent is not None:
            return attrs.evolve(parent, span_id=span_id)
        trace_id = self.hexadecimal(BYTES_OF_TRACE)
        return Trace(trace_id=trace_id, span_id=span_id, sampled=False)

    def continuing(
        self, name: str, parent: Trace | None, /
    ) -> AbstractContextManager[Trace | None]:
        return nullcontext(self.step(parent))


@attrs.frozen
class InTheLog:
    """Lines of the log name the step, and whatever it sets off goes on from it."""

    steps: Continuing

    @contextmanager
    def __call__(self, name: str, parent: Trace | None, /) -> Iterator[Trace | None]:
        with self.steps(name, parent) as trace, at_hand(trace), for_now(**_ids(trace)):
            yield trace


def _ids(trace: Trace | None) -> Mapping[str, str]:
    return {} if trace is None else {"trace_id": trace.trace_id, "span_id": trace.span_id}


def _unobserved(use_case: UseCase[object, object]) -> UseCase[object, object]:
    return use_case


def _tracing(settings: Settings) -> Any:
    if settings.trace == "none":
        return None
    # Loading the SDK takes longer than some commands run.
    from adapters.telemetry.tracing import (  # noqa: PLC0415
        open_tracing,
        to_collector,
        to_console,
    )

    to_network = settings.trace == "otlp"
    processor = to_collector(settings.trace_url) if to_network else to_console()
    return open_tracing(processor, share=settings.trace_share)


def _marking(tracing: Any) -> Marking | None:
    marking: Marking | None = tracing.marking(nanoseconds) if tracing else None
    return marking


def _observe(tracing: Any, figures: Figures) -> Observe:
    observe: Observe = tracing.observe if tracing else _unobserved
    if figures is UNTOLD:
        return observe
    return lambda use_case: Measured(observe(use_case), figures)


def _serving(tracing: Any, figures: Figures, seconds: Callable[[], float]) -> Serving:
    serving: Serving = tracing.serving if tracing else Untraced(hexadecimal)
    return serving if figures is UNTOLD else MeasuredServing(serving, figures, seconds)


def _continuing(tracing: Any) -> Continuing:
    return InTheLog(tracing.continuing if tracing else Untraced(hexadecimal).continuing)


class TelemetryContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    seconds: providers.Dependency[Callable[[], float]] = providers.Dependency()

    page = providers.Singleton(page_of, settings)
    figures = providers.Singleton(figures_of, settings, page)
    readings = providers.Singleton(Readings)
    tracing = providers.Singleton(_tracing, settings)
    marking = providers.Callable(_marking, tracing)
    listen = providers.Singleton(Listening, settings, figures, readings, seconds, marking)
    observe = providers.Singleton(_observe, tracing, figures)
    serving = providers.Singleton(_serving, tracing, figures, seconds)
    continuing = providers.Singleton(_continuing, tracing)
