"""The page about the options is what the program prints."""

import subprocess
import sys
from pathlib import Path

from tests.docs.documents import ROOT


def test_the_page_is_what_the_command_prints(tmp_path: Path) -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "entrypoints.cli.main", "configuration"],
        cwd=tmp_path,  # where no .env says otherwise
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert (ROOT / "docs/configuration.md").read_text() == printed, "run `make docs`"
