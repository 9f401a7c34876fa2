"""`python -m tests.trust.drill`: the demo's business is backed up, and the backup is tried."""

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

SAID = re.compile(r"size +(\d+) bytes\nage +(\d+) s,.*\nrestored +in ([\d.]+) s")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust.drill", description=__doc__)
    parser.add_argument("--json", type=Path, required=True)
    file = parser.parse_args().json
    with TemporaryDirectory() as folder:
        desk = {**os.environ, "FRONTDESK_DATA_DIR": folder}
        desk["FRONTDESK_DATABASE_URL"] = f"sqlite:///{folder}/frontdesk.db"
        _run(desk, "demo")
        _run(desk, "backup", f"{folder}/backups")
        said = _run(desk, "drill", f"{folder}/backups")
    found = SAID.search(said)
    if found is None:
        raise ValueError(said)
    size, age, restored = found.groups()
    figures = {
        "bytes": int(size),
        "rpo_seconds": int(age),
        "rto_seconds": float(restored),
        "verified": "all invariants hold" in said,
    }
    file.write_text(json.dumps(figures))
    return 0


def _run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "entrypoints.cli.main", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
