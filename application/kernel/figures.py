"""What the program counts and measures of its own work: what there is to tell, and a port for it.

Figures are named as OpenTelemetry names them; whoever tells them elsewhere translates. Labels have
few values, which come from the code: never an organization, a person, or what somebody sends.
"""

from typing import Protocol

import attrs

MOST_PATIENT = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)


@attrs.frozen(kw_only=True, eq=False)
class Figure:
    name: str
    help: str
    unit: str = ""
    labels: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, eq=False)
class Counter(Figure):
    """Only ever grows."""


@attrs.frozen(kw_only=True, eq=False)
class Histogram(Figure):
    bounds: tuple[float, ...] = MOST_PATIENT


@attrs.frozen(kw_only=True, eq=False)
class Gauge(Figure):
    """`adds_up` over the processes of one server; else the largest of theirs is told."""

    adds_up: bool = False


class Figures(Protocol):
    """Values of labels come in the order of the labels. Never raises, and never waits."""

    def add(self, counter: Counter, /, *labels: str, amount: float = 1) -> None: ...

    def observe(self, histogram: Histogram, value: float, /, *labels: str) -> None: ...

    def set(self, gauge: Gauge, value: float, /, *labels: str) -> None: ...


class Untold(Figures):
    """Nobody wants to know."""

    def add(self, counter: Counter, /, *labels: str, amount: float = 1) -> None:
        pass

    def observe(self, histogram: Histogram, value: float, /, *labels: str) -> None:
        pass

    def set(self, gauge: Gauge, value: float, /, *labels: str) -> None:
        pass


UNTOLD = Untold()
