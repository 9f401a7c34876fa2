"""The time with parts of a second for SQLite before 3.42, which the engine's library asks for it.

From Python 3.12 on the library says `unixepoch('subsec')` in its statements and in the defaults
of its columns. It takes that Python to bring a new SQLite; built against an old one it does not,
and the answer is NULL. A file may be opened by several Pythons, so this does not depend on ours.
"""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Any

KNOWS_SUBSEC = (3, 42)


def connection_arguments(clock: Callable[[], datetime]) -> dict[str, Any]:
    """For `sqlite3.connect`, as it is called by the library."""
    if sqlite3.sqlite_version_info >= KNOWS_SUBSEC:
        return {}

    def unixepoch(value: str) -> float:
        if value != "subsec":
            raise ValueError("only unixepoch('subsec') is answered")
        return clock().timestamp()

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = sqlite3.Connection(*arguments, **options)
        connection.create_function("unixepoch", 1, unixepoch)
        return connection

    return {"factory": connect}
