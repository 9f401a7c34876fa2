"""The database URLs of the application as the engine and the driver want them."""

import sqlite3
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

SCHEMA = "dbos"
_MEANT_FOR_ASYNCPG = ("prepared_statement_cache_size", "prepared_statement_name_func")
_AS_LIBPQ_CALLS_IT = {"ssl": "sslmode"}


def is_sqlite(database_url: str) -> bool:
    return database_url.startswith("sqlite")


def engine_url(database_url: str) -> str:
    kind, _, rest = database_url.partition("://")
    place, _, query = rest.partition("?")
    parameters = {
        _AS_LIBPQ_CALLS_IT.get(name, name): value
        for name, value in parse_qsl(query)
        if name not in _MEANT_FOR_ASYNCPG
    }
    url = f"{kind.partition('+')[0]}://{place}"
    return f"{url}?{urlencode(parameters)}" if parameters else url


def file_of(database_url: str) -> Path:
    """Three slashes before a relative path, four before an absolute one."""
    name = unquote(urlsplit(engine_url(database_url)).path).removeprefix("/")
    if name in ("", ":memory:"):
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
