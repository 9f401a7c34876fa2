"""The API under examination by somebody who knows nothing but its description.

`make conformance` takes more time for the same.
"""

from pathlib import Path

import attrs
import pytest

from tests.http.examined import PHASES, Verdict, examine, served


def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    """All that coverage would try takes minutes; the other phases get no time but a number.

    So none of them is left out where everything is slow.
    """
    with served(tmp_path) as server:
        counted = examine(
            server, tmp_path, "--max-examples=1", phases=("examples", "fuzzing", "stateful")
        )
        timed = examine(server, tmp_path, "--max-time=5", phases=("coverage",))

    assert counted.faults == [], counted.printed
    assert timed.faults == [], timed.printed
    assert counted.tried[0] == counted.tried[1] > 100
    assert "ERROR" not in server.log.read_text()


FINE = Verdict(
    phases=PHASES,
    report={
        "exit_code": 0,
        "phases": {name: {"status": "success"} for name in PHASES},
        "operations": {"total": 3, "tested": 2},
        "test_cases": {"generated": 9},
        "failures": [],
        "errors": [],
    },
    printed="",
)


@pytest.mark.parametrize(
    "said",
    [
        {"exit_code": 1},
        {"phases": None},
        {"phases": {**FINE.report["phases"], "stateful": {"status": "skip"}}},
        {"operations": {"total": 3, "tested": 0}},
        {"operations": None},
        {"test_cases": {"generated": 0}},
        {"errors": [{"title": "Schema Loading Error"}]},
        {"failures": [{"code": "ST402", "title": "Not yours", "operations": ["GET /"]}]},
    ],
)
def test_what_was_not_tried_was_not_fine(said: dict[str, object]) -> None:
    assert FINE.faults == []
    assert attrs.evolve(FINE, report={**FINE.report, **said}).faults
