"""`python -m benchmarks.call_figures PATH`: a bank's calls of a month, imported and counted.

Every figure has to be what DuckDB says of the same lines (`call_oracle.py`), to the last digit.
"""

import argparse
import asyncio
import csv
import gzip
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from time import perf_counter
from typing import Any

from application.analytics.asking import Span
from application.analytics.call_views import CallFigureViews, CallQuestion, Grouping, Part
from application.analytics.count_calls import CountCalls
from application.analytics.weeks import HOURS, by_week, hour_of_week
from application.calls.add_agent import AddAgent
from benchmarks.imports import bring
from benchmarks.stages import Stage, fresh_folder, stage
from benchmarks.tables import heading, say
from domain.analytics.call_figures import CALL_FIGURES
from domain.analytics.call_totals import CallTotals
from domain.analytics.forecast import forecast
from domain.analytics.intervals import Granularity
from domain.analytics.lengths import SHARES, Lengths
from domain.calls.agents import AgentDetails, AgentKind
from domain.kernel.periods import Period, Zone
from domain.pipelines.imports import ImportTarget

ORACLE = Path(__file__).with_name("call_oracle.py")
UTC = Zone("UTC")
JANUARY = Period(
    datetime(1999, 1, 1, tzinfo=timezone.utc), datetime(1999, 2, 1, tzinfo=timezone.utc)
)
QUESTION = CallQuestion(span=Span(period=JANUARY, zone=UTC))
SHOWN = (
    "calls",
    "completed",
    "failed",
    "offered",
    "answered",
    "abandoned",
    "abandonment_rate",
    "service_level_all",
    "service_level_exclude_short",
    "average_speed_of_answer",
    "average_talk_time",
)
FORMULAS = {figure.name: figure for figure in CALL_FIGURES}
NOBODY, NEVER = "NO_SERVER", "0:00:00"


def lines(path: Path) -> Iterator[Mapping[str, Any]]:
    """As they come, but for the phantoms that are no calls."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if row["outcome"] == "PHANTOM":
                continue
            answered = row["outcome"] == "AGENT"
            queued = row["q_start"] != NEVER
            left = row["q_exit"] if queued else row["vru_exit"]
            yield {
                "key": f"{number}-{row['call_id']}",
                "direction": "inbound",
                "status": "completed" if answered else "cancelled",
                "started_at": _moment(row, row["vru_entry"]),
                "queued_at": _moment(row, row["q_start"]) if queued else None,
                "answered_at": _moment(row, row["ser_start"]) if answered else None,
                "ended_at": _moment(row, row["ser_exit"] if answered else left),
                "agent": None if row["server"] == NOBODY else row["server"],
                "template": row["type"].strip(),
            }


def _moment(row: Mapping[str, str], clock: str) -> str:
    year, month, day = (row["date"][place : place + 2] for place in (0, 2, 4))
    return f"19{year}-{month}-{day}T{clock:0>8}Z"


async def people(on: Stage, names: Sequence[str]) -> Mapping[str, str]:
    add, found = on.container.escalations.add_agent(), {}
    for name in names:
        details = AgentDetails(name=name, kind=AgentKind.PERSON)
        agent = await add(AddAgent(actor=on.actor, details=details))
        found[str(agent.id)] = name
    return found


async def counted(on: Stage, names: Mapping[str, str]) -> dict[str, Any]:
    views: CallFigureViews = on.container.analytics.call_views()
    agents = await views.groups(on.actor, QUESTION, Grouping.AGENT)
    types = await views.groups(on.actor, QUESTION, Grouping.TEMPLATE)
    by_name = {None if key is None else names[key]: one for key, one in agents.items()}
    series = await views.series(on.actor, QUESTION, Granularity.HOUR)
    return {
        "all": [_row("all", await views.totals(on.actor, QUESTION))],
        **{
            interval.value: await _by(views, on, interval)
            for interval in (Granularity.HOUR, Granularity.DAY, Granularity.WEEK)
        },
        "type": _grouped(types),
        "agent": _grouped(by_name),
        "talk": [await _lasted(views, on, Part.TALK)],
        "wait": [await _lasted(views, on, Part.WAIT)],
        "hours of the week": _peaks(series),
    }


async def _by(views: CallFigureViews, on: Stage, interval: Granularity) -> list[list[Any]]:
    found = await views.series(on.actor, QUESTION, interval)
    return [
        _row(period.starts_at.strftime("%Y-%m-%dT%H:%M:%SZ"), totals)
        for period, totals in found
        if totals.calls
    ]


def _grouped(groups: Mapping[str | None, CallTotals]) -> list[list[Any]]:
    return [_row(key, groups[key]) for key in sorted(groups, key=lambda key: key or "")]


def _row(key: str | None, totals: CallTotals) -> list[Any]:
    return [key, *(FORMULAS[name].of(totals) for name in SHOWN)]


async def _lasted(views: CallFigureViews, on: Stage, part: Part) -> list[Any]:
    lengths = Lengths(await views.lengths(on.actor, QUESTION, part))
    return [lengths.calls, lengths.mean, *map(lengths.percentile, SHARES)]


def _peaks(series: Sequence[tuple[Period, CallTotals]]) -> list[list[int]]:
    hours: dict[int, CallTotals] = {}
    for period, totals in series:
        hour = hour_of_week(period.starts_at, UTC)
        hours[hour] = hours.get(hour, CallTotals()) + totals
    found = [
        [hour // HOURS + 1, hour % HOURS, totals.calls, totals.offered]
        for hour, totals in hours.items()
        if totals.calls
    ]
    return sorted(found, key=lambda row: (-row[2], row[0], row[1]))


async def foretell(on: Stage) -> None:
    """The whole weeks of the month, each from those before it."""
    weeks = Period(
        datetime(1999, 1, 4, tzinfo=timezone.utc), datetime(1999, 2, 1, tzinfo=timezone.utc)
    )
    question = CallQuestion(span=Span(period=weeks, zone=UTC))
    views: CallFigureViews = on.container.analytics.call_views()
    series = await views.series(on.actor, question, Granularity.HOUR)
    told = forecast([[one.offered for one in week] for week in by_week(series, UTC)])
    if told.error is not None and told.naive_error is not None:
        say(f"  forecast by hour: off by {told.error:.1%}, as a week ago {told.naive_error:.1%}")


async def compare(url: str, kept: Path, said: Sequence[Mapping[str, Any]]) -> bool:
    spelt = [json.dumps(line) for line in said]
    async with stage(url) as on:
        servers = {str(line["agent"]) for line in said if line["agent"]}
        names = await people(on, sorted(servers))
        spent = await bring(on, ImportTarget.PAST_CALLS, spelt, dirty=True)
        began = perf_counter()
        while await on.container.event_relay().number(on.actor.organization_id, limit=1000):
            pass
        relay, hearing = on.container.event_relay(), CountCalls()
        while await relay.deliver(hearing, on.actor.organization_id, limit=1000):
            pass
        passed = perf_counter() - began
        found = await counted(on, names)
        rates = f"imported {len(said) / spent.seconds:,.0f}/s, counted {len(said) / passed:,.0f}/s"
        heading(f"{len(said):,} lines: {rates}")
        await foretell(on)
    right = True
    for name, rows in _recomputed(kept).items():
        pairs = zip(rows, found[name], strict=False)
        different = [pair for pair in pairs if pair[0] != pair[1]]
        same = not different and len(rows) == len(found[name])
        right = right and same
        say(f"  {name}: {len(rows):,} rows, {'equal' if same else 'DIFFERENT'}")
        for expected, ours in different[:3]:
            say(f"    DuckDB {expected}\n    ours   {ours}")
    return right


def _recomputed(kept: Path) -> dict[str, Any]:
    command = ["uv", "run", "--no-project", "--with", "duckdb", "--with", "pytz", "python"]
    done = subprocess.run(  # noqa: S603
        [*command, str(ORACLE), str(kept)],
        check=True,
        capture_output=True,
        text=True,
        cwd=kept.parent,
    )
    recomputed: dict[str, Any] = json.loads(done.stdout)
    return recomputed


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.call_figures", description=__doc__)
    parser.add_argument("path", type=Path, help="anonymous_bank_1999_january.csv.gz")
    parser.add_argument("--most", type=int, help="only so many calls")
    parser.add_argument("--database", help="another one than SQLite, which has to be empty")
    options = parser.parse_args()
    said = list(lines(options.path))[: options.most]
    with fresh_folder() as folder:
        kept = Path(folder) / "lines.jsonl"
        kept.write_text("\n".join(json.dumps(line) for line in said))
        url = options.database or f"sqlite:///{folder}/bank.db"
        return 0 if asyncio.run(compare(url, kept, said)) else 1


if __name__ == "__main__":
    sys.exit(main())
