"""Where log lines go: to standard error, in UTC."""

import logging
from datetime import datetime, timezone

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
OURS = ("frontdesk", "application", "adapters", "entrypoints")


USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class InUtc(logging.Formatter):
    """Lines with what belongs to them: `extra` comes behind the message, as `name=value`."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        extras = (f" {name}={value}" for name, value in vars(record).items() if name not in USUAL)
        return super().formatMessage(record) + "".join(extras)

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
