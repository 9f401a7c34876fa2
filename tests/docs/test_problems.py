"""The page about problems is what the program prints."""

import subprocess
import sys
from pathlib import Path

from domain.kernel.refusals import Category
from entrypoints.http.resolutions import RESOLUTIONS
from tests.docs.documents import ROOT


def test_the_page_is_what_the_command_prints(tmp_path: Path) -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "entrypoints.cli.main", "problems"],
        cwd=tmp_path,  # where no .env says otherwise
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert (ROOT / "docs/problems.md").read_text() == printed, "run `make docs`"


def test_there_is_something_to_do_about_every_category() -> None:
    assert list(RESOLUTIONS) == list(Category)
