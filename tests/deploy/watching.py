"""What is shipped to watch the program with, taken apart."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from adapters.telemetry.prometheus import spelt
from application.kernel.told_figures import EVERY_FIGURE
from tests.docs.documents import ROOT

DEPLOY = ROOT / "deploy"
RUNBOOKS = ROOT / "docs/runbooks"

OURS = re.compile(r"\b(?:frontdesk|http|db|process)_[a-z0-9_]+\b")
RECORDED = re.compile(r"\bfrontdesk:[a-z0-9_:]+")
SELECTED = re.compile(r'([a-z_]+)\s*(=~|!~|!=|=)\s*"([^"]*)"')
LABELS = frozenset(spelt(label) for figure in EVERY_FIGURE for label in figure.labels)


def read(path: str) -> Any:
    return yaml.safe_load((DEPLOY / path).read_text())


def rules() -> Sequence[Mapping[str, Any]]:
    return [
        rule
        for file in ("alerts", "slo")
        for group in read(f"prometheus/rules/{file}.yml")["groups"]
        for rule in group["rules"]
    ]


def alerts() -> Mapping[str, Mapping[str, Any]]:
    return {rule["alert"]: rule for rule in rules() if "alert" in rule}


def dashboards() -> Mapping[str, Any]:
    files = sorted((DEPLOY / "grafana/dashboards").glob("*.json"))
    return {file.stem: json.loads(file.read_text()) for file in files}


def expressions() -> Iterator[tuple[str, str]]:
    """Where each is, and what it asks."""
    for rule in rules():
        yield rule.get("alert") or rule["record"], rule["expr"]
    for name, board in dashboards().items():
        for panel in board["panels"]:
            for target in panel["targets"]:
                yield f"{name}: {panel['title']}", target["expr"]


def metrics_of(expression: str) -> set[str]:
    """Without what is between quotes, and without labels."""
    plain = re.sub(r'"[^"]*"', '""', expression)
    return set(OURS.findall(plain)) - LABELS
