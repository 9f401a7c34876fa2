"""Figures in memory, which refuse what the real ones could not tell."""

from collections import defaultdict

import attrs

from application.kernel.figures import Counter, Figure, Figures, Gauge, Histogram

Key = tuple[str, ...]


@attrs.frozen
class MemoryFigures(Figures):
    """By the name of the figure and the values of its labels."""

    counted: dict[Key, float] = attrs.field(factory=lambda: defaultdict(float))
    observed: dict[Key, list[float]] = attrs.field(factory=lambda: defaultdict(list))
    levels: dict[Key, float] = attrs.field(factory=dict)

    def add(self, counter: Counter, /, *labels: str, amount: float = 1) -> None:
        assert amount >= 0
        self.counted[_key(counter, labels)] += amount

    def observe(self, histogram: Histogram, value: float, /, *labels: str) -> None:
        self.observed[_key(histogram, labels)].append(value)

    def set(self, gauge: Gauge, value: float, /, *labels: str) -> None:
        self.levels[_key(gauge, labels)] = value


def _key(figure: Figure, labels: tuple[str, ...]) -> Key:
    assert len(labels) == len(figure.labels), figure.name
    return (figure.name, *labels)
