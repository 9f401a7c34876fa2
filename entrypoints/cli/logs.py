"""Where log lines go: to standard error, in UTC."""

import logging
import time

OURS = ("frontdesk", "application", "adapters", "entrypoints")
FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def configure_logs(level: str) -> None:
    """Libraries are heard from WARNING on: what they do when all is well is not news."""
    formatter = logging.Formatter(FORMAT, datefmt="%Y-%m-%dT%H:%M:%SZ")
    formatter.converter = time.gmtime
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for package in OURS:
        logging.getLogger(package).setLevel(level)
