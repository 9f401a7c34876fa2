"""Environments for programs of others that do not go with ours."""

import subprocess
from pathlib import Path

from tests.http.examined import ROOT

PATIENCE = 120


def environment(folder: Path, listed: str) -> Path:
    """Where the programs are of one that holds what the file in `.ci` lists, and nothing else."""
    made = folder / "venv"
    install = ("uv", "pip", "install", "--quiet", "--require-hashes", "-p", made)
    subprocess.run(("uv", "venv", "--quiet", made), timeout=PATIENCE, check=True)
    subprocess.run((*install, "-r", ROOT / ".ci" / listed), timeout=PATIENCE, check=True)
    return made / "bin"
