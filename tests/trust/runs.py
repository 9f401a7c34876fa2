"""What is run for the page: a command each, and the figures it leaves behind."""

import importlib.util
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from xml.etree import ElementTree as ET

import attrs

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "docs/trust"
FILE = "FILE"

Figures = Mapping[str, Any]


class NotRun(Exception):
    """There are no figures, and why."""


@attrs.frozen(kw_only=True)
class Run:
    """`arguments` are of Python; FILE stands for where it is to leave what `read` reads."""

    title: str
    arguments: Sequence[str]
    read: Callable[[Path], Figures]

    @property
    def command(self) -> str:
        return " ".join(["python", *self.arguments])

    @property
    def is_there(self) -> bool:
        """Whether what it runs has been written yet."""
        _, module, *_ = self.arguments
        return module == "pytest" or importlib.util.find_spec(module) is not None


def as_json(file: Path) -> Figures:
    figures: Figures = json.loads(file.read_text())
    return figures


def outcomes_of(file: Path) -> Figures:
    """How many cases each test had and how many passed; and what tests have counted themselves."""
    cases, passed, counted = Counter[str](), Counter[str](), Counter[str]()
    for case in ET.parse(file).iter("testcase"):  # noqa: S314  (we have just written it)
        name = case.attrib["name"].partition("[")[0]
        test = f"{case.attrib['classname'].replace('.', '/')}.py::{name}"
        cases[test] += 1
        passed[test] += not any(
            case.find(bad) is not None for bad in ("failure", "error", "skipped")
        )
        for each in case.iter("property"):
            counted[each.attrib["name"]] += int(each.attrib["value"])
    if not cases:
        raise NotRun("no test was run")
    return {
        "tests": {
            test: {"cases": number, "passed": passed[test]} for test, number in cases.items()
        },
        "counted": dict(counted),
    }


def pytest(*arguments: str) -> Sequence[str]:
    return ("-m", "pytest", "-q", *arguments, f"--junitxml={FILE}")


RUNS: Mapping[str, Run] = {
    "simulation": Run(
        title="Simulated days",
        arguments=("-m", "tests.simulation", "--seconds", "60", "--json", FILE),
        read=as_json,
    ),
    "interleavings": Run(
        title="Every order of two use cases on PostgreSQL",
        arguments=("-m", "tests.interleavings", "--most", "60", "--json", FILE),
        read=as_json,
    ),
    "chaos": Run(
        title="Killed while customers book and pay",
        arguments=(
            *("-m", "pytest", "-q", "tests/chaos/test_chaos.py", "--chaos-kills=5"),
            *("--chaos-payments=40", f"--chaos-json={FILE}"),
        ),
        read=as_json,
    ),
    "planted": Run(
        title="Bugs that are planted and have to be found",
        arguments=pytest(
            "tests/chaos/test_planted_bugs.py",
            "tests/http/test_planted_money_bugs.py",
            "tests/contract/test_walls.py",
            "tests/contract/test_tenant_walls.py",
            "tests/contract/test_verification.py::test_what_is_broken_is_found_and_named",
            "tests/interleavings/test_interleavings.py::test_a_bug_between_two_statements_is_found",
            "tests/architecture/test_imports.py::test_every_contract_can_be_broken",
        ),
        read=outcomes_of,
    ),
    "tenants": Run(
        title="Each route by each role, scope and tenant",
        arguments=pytest("tests/http/test_matrix.py", "tests/http/test_canaries.py"),
        read=outcomes_of,
    ),
    "egress": Run(
        title="Addresses that lead inside",
        arguments=pytest("tests/contract/test_egress.py"),
        read=outcomes_of,
    ),
    "counts": Run(
        title="Requirements and alerts",
        arguments=("-m", "tests.trust.counts", "--json", FILE),
        read=as_json,
    ),
    "drill": Run(
        title="A backup that is restored and verified",
        arguments=("-m", "tests.trust.drill", "--json", FILE),
        read=as_json,
    ),
}


def keep(name: str) -> None:
    """Runs it and writes down what came of it. Raises NotRun."""
    run = RUNS[name]
    if not run.is_there:
        raise NotRun("there is nothing to run yet")
    commit = _commit()
    load, begun, at = os.getloadavg()[0], perf_counter(), datetime.now(timezone.utc)
    with TemporaryDirectory() as folder:
        file = Path(folder, "figures")
        arguments = [each.replace(FILE, str(file)) for each in run.arguments]
        ended = subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False)  # noqa: S603
        if not file.exists():
            raise NotRun(f"it ended with {ended.returncode} and left no figures")
        figures = run.read(file)
    document = {
        "command": run.command,
        "commit": commit,
        "begun_at": at.isoformat(timespec="seconds"),
        "seconds": round(perf_counter() - begun, 1),
        "cores": os.cpu_count(),
        "load_before": round(load, 1),
        "exit": ended.returncode,
        "figures": figures,
    }
    KEPT.mkdir(exist_ok=True)
    (KEPT / f"{name}.json").write_text(json.dumps(document, indent=2) + "\n")


def _commit() -> str:
    """What is run, which has to be what is committed."""
    changed = _git("status", "--porcelain", "--", ".", ":!docs/trust", ":!docs/trust.md")
    if changed:
        raise NotRun(f"not everything is committed:\n{changed}")
    return _git("rev-parse", "HEAD")


def _git(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603
        ["git", *arguments],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()
