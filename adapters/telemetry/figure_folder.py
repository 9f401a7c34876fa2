"""The folder in which processes of one server add up their figures.

The library of Prometheus reads where it is once, as it is loaded: hence not in its module.
"""

import os
from pathlib import Path

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def in_folder(folder: Path) -> None:
    """From here on, for this process and those it starts; call it before any figure is made."""
    os.environ[FOLDER] = str(folder)


def is_in_folder() -> bool:
    return FOLDER in os.environ
