"""The schema of a newer release, for tests of this one: see `.ci/older-release`."""

import os
from pathlib import Path

from anyio import run_process

FOLDER = "FRONTDESK_TEST_MIGRATED_BY"


async def migrated_by_newer(url: str) -> bool:
    """Whether there is one, whose folder is named in the environment; its steps are taken then."""
    if FOLDER not in os.environ:
        return False
    newer = Path(os.environ[FOLDER])
    steps = [str(newer / ".venv/bin/python"), "-m", "tests.migrations.starting", url]
    await run_process(steps, cwd=newer, env={**os.environ, "PYTHONPATH": str(newer)})
    return True
