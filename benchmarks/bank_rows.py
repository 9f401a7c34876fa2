"""Rows of a bank's calls of January 1999, and how rows are written as tables."""

import csv
import gzip
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

SERVED, LOST = "AGENT", "HANG"


def calls_of(path: Path) -> Iterator[Mapping[str, str]]:
    """As rows of calls of the past; what the bank itself passes over is not among them."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 1):
            if row["outcome"] not in (SERVED, LOST):
                continue
            served, queued = row["outcome"] == SERVED, row["q_start"] != "0:00:00"
            ended = row["ser_exit"] if served else row["q_exit"] if queued else row["vru_exit"]
            yield {
                "key": f"{row['vru_line']}-{row['call_id']}-{number}",
                "direction": "inbound",
                "status": "completed" if served else "no_answer",
                "started_at": _at(row["date"], row["vru_entry"]),
                "queued_at": _at(row["date"], row["q_start"]) if queued else "",
                "answered_at": _at(row["date"], row["ser_start"]) if served else "",
                "ended_at": _at(row["date"], ended),
                "agent": row["server"] if served else "",
            }


def _at(day: str, time: str) -> str:
    hours, minutes, seconds = map(int, time.split(":"))
    midnight = datetime(1900 + int(day[:2]), int(day[2:4]), int(day[4:]), tzinfo=timezone.utc)
    moment = midnight + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return moment.isoformat().replace("+00:00", "Z")


def flat(record: Mapping[str, Any], within: str = "") -> dict[str, Any]:
    """With a heading for each value in a group."""
    told: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            told |= flat(value, f"{within}{name}.")
        else:
            told[f"{within}{name}"] = value
    return told


def table_of(records: Sequence[Mapping[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, records[0])
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue()
