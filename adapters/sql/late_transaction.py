"""A transaction that begins when it is needed; until then every statement commits by itself."""

from types import TracebackType
from typing import Self

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


class LateTransaction:
    """Commits at the end of the `with`, or rolls back if that is left by an exception."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._begun = False

    def begin(self) -> None:
        if not self._begun:
            self._connection.exec_driver_sql("BEGIN")
            self._begun = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        if not self._begun:
            return
        if error_type is None:
            self._connection.exec_driver_sql("COMMIT")
        elif not self._connection.invalidated:
            self._roll_back()

    def _roll_back(self) -> None:
        try:
            self._connection.exec_driver_sql("ROLLBACK")
        except DBAPIError:
            # The server rolls back when the connection is gone; nobody else may be given it.
            self._connection.invalidate()
