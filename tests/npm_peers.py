"""Programs of others that npm installs, pinned, into a folder that is kept between runs."""

import fcntl
import shutil
import subprocess
from pathlib import Path

import pytest

CACHE = Path(__file__).parents[1] / ".peers"


def installed(package: str) -> tuple[str, Path]:
    """Node, and the folder of `name@version`; without node, npm or a registry the test is skipped.

    Whoever of several testers comes first installs it; the others wait.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip(f"node and npm are needed for {package}")
    name, _, _ = package.rpartition("@")
    folder = CACHE / "node_modules" / name
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "package.json").exists():
            install = [npm, "install", "--no-audit", "--no-fund", "--no-save", package]
            done = subprocess.run(install, cwd=CACHE, capture_output=True, check=False)  # noqa: S603
            if done.returncode != 0:
                pytest.skip(f"npm cannot install {package} here")
    return node, folder
