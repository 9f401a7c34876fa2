"""All that Schemathesis can think of, as two users, without a limit of time."""

from pathlib import Path

import pytest

from tests.http.examined import PHASES, Verdict, examine, served

PATIENCE = 3600


def report(verdict: Verdict) -> None:
    tested, total = verdict.tried
    cases = verdict.report["test_cases"]["generated"]
    print(f"\nSchemathesis: {cases} cases of {tested} operations of {total}, {verdict.phases}")


@pytest.mark.parametrize(
    ("phases", "examples"), [(PHASES, 20), (("stateful",), 150)], ids=["all", "stateful"]
)
def test_nothing_is_found(tmp_path: Path, phases: tuple[str, ...], examples: int) -> None:
    with served(tmp_path) as server:
        verdict = examine(
            server, tmp_path, f"--max-examples={examples}", phases=phases, patience=PATIENCE
        )
    report(verdict)

    assert verdict.faults == [], verdict.printed
    assert phases != PHASES or verdict.tried[0] == verdict.tried[1] > 100
    assert "ERROR" not in server.log.read_text()


def test_what_somebody_else_may_read_is_found(tmp_path: Path) -> None:
    """Or nobody could say that the two users were told apart."""
    with served(tmp_path, program="conformance.open_door") as server:
        verdict = examine(
            server,
            tmp_path,
            "--max-examples=10",
            "--include-path-regex=^/v1/resources(/[^/]+)?$",
            patience=PATIENCE,
        )
    report(verdict)

    found = {
        operation
        for failure in verdict.report["failures"]
        if failure["type"] == "object_level_authorization" or "uthorization" in failure["title"]
        for operation in failure["operations"]
    }
    assert found == {"GET /v1/resources/{resource_id}"}, verdict.printed
