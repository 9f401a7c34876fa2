"""Where log lines go: to standard error, in UTC."""

import logging
from datetime import datetime, timezone

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
OURS = ("frontdesk", "application", "adapters", "entrypoints")


class InUtc(logging.Formatter):
    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        moment = datetime.fromtimestamp(record.created, timezone.utc)
        return moment.isoformat(timespec="milliseconds")


def configure_logs(level: str) -> None:
    """Libraries are heard from WARNING on: what they do when all is well is not news."""
    handler = logging.StreamHandler()
    handler.setFormatter(InUtc(FORMAT))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for package in OURS:
        logging.getLogger(package).setLevel(level)
