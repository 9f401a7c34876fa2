"""`python -m tests.trust.counts`: of requirements and of alerts."""

import argparse
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.deploy.watching import DEPLOY, alerts
from tests.docs.asvs import LEVELS, STATUSES, Register

WATCHDOG = "Watchdog"  # fires always


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.trust.counts", description=__doc__)
    parser.add_argument("--json", type=Path, required=True)
    parser.parse_args().json.write_text(json.dumps({"asvs": asvs(), "alerts": of_alerts()}))


def asvs() -> Mapping[str, Mapping[str, int]]:
    """By level, how many requirements of each status there are."""
    found = Counter((one.level, one.status) for one in Register.read().requirements)
    return {str(level): {status: found[level, status] for status in STATUSES} for level in LEVELS}


def of_alerts() -> Mapping[str, int]:
    """How many there are, and how many have a test by which they fire, and one by which not."""
    fires, still = set[str](), set[str]()
    for file in sorted((DEPLOY / "prometheus/tests").glob("*.yml")):
        for case in _cases(yaml.safe_load(file.read_text())):
            (fires if case.get("exp_alerts") else still).add(case["alertname"])
    there = set(alerts())
    return {
        "there": len(there),
        "fire_in_a_test": len(there & fires),
        "keep_still_in_a_test": len(there & still),
        "never_still": len(there & {WATCHDOG}),
    }


def _cases(document: Any) -> list[Mapping[str, Any]]:
    return [case for test in document.get("tests", ()) for case in test.get("alert_rule_test", ())]


if __name__ == "__main__":
    main()
