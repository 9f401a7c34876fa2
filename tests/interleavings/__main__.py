"""`python -m tests.interleavings`: as many orders as there is time for, and what came of them."""

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from tests.interleavings.campaign import Campaign, campaign, caught
from tests.interleavings.house import ISOLATIONS
from tests.interleavings.planted import BUGS
from tests.servers import postgres_server

LINE = "{pair:28} {isolation:16} {orders:6} orders{all}, {waits_seen} waits, {wrong} violate"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.interleavings", description=__doc__)
    parser.add_argument("--most", type=int, default=200, help="orders of each pair")
    parser.add_argument("--seed", type=int, default=1, help="of those that are drawn")
    parser.add_argument("--json", type=Path, help="where the figures are written")
    chosen = parser.parse_args()
    with postgres_server() as admin_url:
        figures, wrong = asyncio.run(_run(admin_url, chosen.most, chosen.seed))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n")
    for line in wrong:
        sys.stderr.write(f"{line}\n")
    return int(bool(wrong))


async def _run(admin_url: str, most: int, seed: int) -> tuple[dict[str, Any], list[str]]:
    wrong: list[str] = []
    findings = 0
    results: list[dict[str, Any]] = []
    for isolation in ISOLATIONS:
        played = await campaign(admin_url, isolation=isolation, most=most, seed=seed)
        results += _told(played)
        wrong += [*played.violations, *played.findings]
        findings += len(played.findings)
    planted = {}
    for bug in BUGS:
        result = await caught(admin_url, bug, most=most, seed=seed)
        planted[bug] = result.as_json()
        found = len(result.explored.violations)
        _say(f"planted: {bug}: found in {found} of {len(result.explored.orders)} orders")
        if not found:
            wrong.append(f"nobody has found what {bug}")
    figures = {
        "seed": seed,
        "pairs": results,
        "planted": planted,
        "verify_findings": findings,
    }
    return figures, wrong


def _told(played: Campaign) -> list[dict[str, Any]]:
    told = [result.as_json() for result in played.results]
    for each in told:
        every = " (all)" if each["exhaustive"] else ""
        _say(LINE.format(**each, all=every, wrong=each["orders_that_violate"]))
    return told


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
