"""The page has figures of runs, and no others."""

import re
from datetime import datetime, timezone
from typing import Any

import pytest

from tests.docs.documents import ROOT
from tests.trust import page as pages
from tests.trust.runs import RUNS, outcomes_of

KEPT = {name: document for name in RUNS if (document := pages.kept(name)) is not None}
COMMIT = re.compile(r"[0-9a-f]{40}")
JUNIT = """
<testsuites><testsuite>
<testcase classname="tests.http.test_matrix" name="test_roles[owner]"><properties>
<property name="cells" value="40"/></properties></testcase>
<testcase classname="tests.http.test_matrix" name="test_roles[viewer]"><failure/></testcase>
<testcase classname="tests.http.test_matrix" name="test_keys"><skipped/></testcase>
</testsuite></testsuites>
"""


def test_the_page_is_made_of_what_was_kept() -> None:
    assert pages.PAGE.read_text() == pages.page(), "run `python -m tests.trust`"


@pytest.mark.parametrize("name", KEPT)
def test_what_was_kept_says_where_it_comes_from(name: str) -> None:
    document = KEPT[name]
    assert document["command"] == RUNS[name].command
    assert COMMIT.fullmatch(document["commit"])
    begun_at = datetime.fromisoformat(document["begun_at"])
    assert begun_at.tzinfo is not None
    assert begun_at <= datetime.now(timezone.utc)
    assert document["seconds"] > 0
    assert document["figures"]
    found = document["figures"].get("findings", [])
    assert document["exit"] == int(bool(found))
    assert all(each["oracle"] in pages.page() for each in found), "what is found is shown"


def test_nothing_is_kept_that_no_run_has_left() -> None:
    assert {file.stem for file in (ROOT / "docs/trust").glob("*")} <= RUNS.keys()


def test_what_was_not_run_has_no_figures(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(pages, "KEPT", tmp_path)

    shown = pages.page()

    assert shown.count("Not run yet") == len(RUNS)
    assert "|" not in shown


def test_a_test_that_fails_or_is_left_out_has_not_passed(tmp_path: Any) -> None:
    file = tmp_path / "junit.xml"
    file.write_text(JUNIT)

    roles, keys = (f"tests/http/test_matrix.py::{test}" for test in ("test_roles", "test_keys"))
    assert outcomes_of(file) == {
        "tests": {roles: {"cases": 2, "passed": 1}, keys: {"cases": 1, "passed": 0}},
        "counted": {"cells": 40},
    }
