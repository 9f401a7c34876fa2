"""A campaign and its figures: `python -m tests.simulation --seconds 600 --json figures.json`."""

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.simulation.campaign import (
    SEEN,
    Run,
    furnished,
    never_seen,
    run,
    seeds_needed,
    shrunk,
)
from tests.simulation.faults import KINDS
from tests.simulation.oracles import ALWAYS, FINALLY
from tests.simulation.planted import BUGS


def main(arguments: Sequence[str] | None = None) -> int:
    """1 if an oracle saw something, or a bug stayed unseen, or a seed was two different runs."""
    asked = _asked(arguments)
    furnished()
    runs, took = _runs(asked.first, asked.seconds)
    same = run(asked.first).trace == runs[0].trace
    caught = {} if asked.no_bugs else {bug: seeds_needed(bug) for bug in BUGS}
    told = _figures(runs, took, caught, same=same)
    for one in runs:
        if one.findings:
            sys.stdout.write(f"{one}\n  with no more than {list(shrunk(one))}\n")
    text = json.dumps(told, indent=2)
    sys.stdout.write(text + "\n")
    if asked.json is not None:
        asked.json.write_text(text + "\n")
    well = same and not told["findings"] and None not in caught.values()
    return 0 if well else 1


def _asked(arguments: Sequence[str] | None) -> Any:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seconds", type=float, default=60, help="of processor time, for runs")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parser.add_argument("--no-bugs", action="store_true", help="plant none")
    return parser.parse_args(arguments)


def _runs(first: int, seconds: float) -> tuple[Sequence[Run], float]:
    began, runs = time.process_time(), [run(first)]
    while time.process_time() - began < seconds:
        runs.append(run(first + len(runs)))
    return runs, time.process_time() - began


def _figures(
    runs: Sequence[Run], took: float, caught: dict[str, int | None], *, same: bool
) -> dict[str, Any]:
    struck = Counter(kind for one in runs for kind, _ in one.struck)
    seen: Counter[str] = sum((one.seen for one in runs), Counter())
    missing = never_seen(runs)
    needed = [number for number in caught.values() if number is not None]
    return {
        "seeds": len(runs),
        "first_seed": runs[0].seed,
        "processor_seconds": round(took, 1),
        "seeds_per_second": round(len(runs) / took, 2),
        "simulated_hours": round(sum(one.seconds for one in runs) / 3600, 1),
        "steps": sum(one.steps for one in runs),
        "requests": sum(one.asked for one in runs),
        "faults": sum(struck.values()),
        "faults_by_kind": dict(sorted(struck.items())),
        "seen": dict(sorted(seen.items())),
        "sometimes": f"{len(KINDS) + len(SEEN) - len(missing)} of {len(KINDS) + len(SEEN)}",
        "never_seen": list(missing),
        "oracles": len(ALWAYS) + len(FINALLY) + 6,
        "findings": [
            {"seed": one.seed, "oracle": name, "what": what}
            for one in runs
            for name, what in one.findings
        ],
        "same_seed_same_trace": same,
        "planted_bugs": dict(caught),
        "planted_bugs_caught": f"{len(needed)} of {len(caught)}",
        "median_seeds_needed": statistics.median(needed) if needed else None,
    }


if __name__ == "__main__":
    sys.exit(main())
