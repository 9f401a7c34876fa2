"""What programs tell on their pages for Prometheus, read as a benchmark needs it."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

SAMPLE = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)$", re.MULTILINE)
LABEL = re.compile(r'(\w+)="([^"]*)"')


@attrs.frozen
class Page:
    """What one or several programs tell, added up."""

    values: Mapping[tuple[str, frozenset[tuple[str, str]]], float]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Page":
        values: dict[Any, float] = defaultdict(float)
        for text in texts:
            for name, labels, value in SAMPLE.findall(text):
                values[name, frozenset(LABEL.findall(labels))] += float(value)
        return cls(values)

    def since(self, before: "Page") -> "Page":
        return Page({key: value - before.values.get(key, 0) for key, value in self.values.items()})

    def by(self, name: str, label: str, **wanted: str) -> Mapping[str, float]:
        found: dict[str, float] = defaultdict(float)
        for (called, labels), value in self.values.items():
            if called == name and wanted.items() <= dict(labels).items():
                found[dict(labels).get(label, "")] += value
        return found

    def quantile(self, name: str, share: float) -> float:
        """In the unit of the histogram, as if its samples lay evenly between its bounds."""
        buckets = sorted(
            (float(bound), count) for bound, count in self.by(f"{name}_bucket", "le").items()
        )
        wanted, below, passed = share * buckets[-1][1], 0.0, 0.0
        for bound, count in buckets:
            if count >= wanted:
                return below + (bound - below) * (wanted - passed) / max(count - passed, 1)
            below, passed = bound, count
        return below
