"""What carries news between processes, and their time."""

from typing import Protocol

from sqlalchemy import Connection, func, select

NUMBERED = "frontdesk_numbered"


class Line(Protocol):
    """Carries news between processes while it is up; either may be called twice."""

    async def start(self) -> None:
        """Returns as soon as the time is known, or will not be for a while."""
        ...

    async def stop(self) -> None: ...


class NoLine(Line):
    """Where there is one host, and others find out by looking."""

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        pass


def tell_numbered(connection: Connection) -> None:
    """When the transaction commits, and only then."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(NUMBERED, "")))
