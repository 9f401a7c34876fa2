"""The database URLs of the application as the engine and the driver want them."""

import sqlite3
from pathlib import Path

from sqlalchemy import URL, make_url

SCHEMA = "dbos"
_MEANT_FOR_ASYNCPG = ("prepared_statement_cache_size", "prepared_statement_name_func")


def is_sqlite(database_url: str) -> bool:
    return make_url(database_url).get_backend_name() == "sqlite"


def engine_url(database_url: str) -> str:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return _rendered(url.set(drivername="sqlite"))
    query = {name: value for name, value in url.query.items() if name not in _MEANT_FOR_ASYNCPG}
    if "ssl" in query:
        query["sslmode"] = query.pop("ssl")
    return _rendered(url.set(drivername="postgresql", query=query))


def file_of(database_url: str) -> Path:
    name = make_url(database_url).database
    if not name or name == ":memory:":
        raise ValueError("jobs outlive the process, so they need a file")
    return Path(name)


def prepare_file(path: Path) -> None:
    """Readers and the writer must not wait for each other, and the engine does not see to it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _rendered(url: URL) -> str:
    return url.render_as_string(hide_password=False)
