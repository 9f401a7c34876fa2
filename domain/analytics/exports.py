"""Exports: a report as a file."""

from enum import Enum


class ExportFormat(Enum):
    CSV = "csv"
    JSON_LINES = "jsonl"
