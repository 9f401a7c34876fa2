"""Where options come from: the environment, and `.env` where that does not say."""

import os
from pathlib import Path

from dotenv import dotenv_values


def environment() -> dict[str, str]:
    from_file = {
        name: value for name, value in dotenv_values(Path(".env")).items() if value is not None
    }
    return {**from_file, **os.environ}
