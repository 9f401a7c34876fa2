"""The databases there are, by their URL."""

from collections.abc import Callable

from sqlalchemy import make_url

from adapters.sealing.vault import Vault
from adapters.sql.database import Database
from adapters.sql.pooling import Pooling
from adapters.sql.postgres import Postgres
from adapters.sql.sqlite import Sqlite
from adapters.sql.vaults import NO_VAULT


def open_database(
    url: str,
    *,
    pooling: Pooling,
    pause: Callable[[int], None],
    allow_unsafe: bool,
    vault: Vault = NO_VAULT,
) -> Database:
    """Pooling is for PostgreSQL; SQLite has one writer and a few readers, whatever it says."""
    if make_url(url).get_backend_name() == "sqlite":
        return Sqlite.open(url, pause, vault)
    return Postgres.open(url, pooling, must_be_durable=not allow_unsafe, vault=vault)
