"""The program with a fault that was planted: whoever knows its id may read anybody's resource."""

import re
import sys

import attrs
from litestar.handlers import BaseRouteHandler

from domain.kernel.actors import Actor
from entrypoints.cli.main import main
from entrypoints.http.security import AnyConnection, Guard

DOOR = re.compile(r"/v1/resources/[0-9a-f-]{36}")

first: list[Actor] = []
careful = Guard.__call__


async def careless(self: Guard, connection: AnyConnection, handler: BaseRouteHandler) -> None:
    """Takes everybody at that door for the one who came first."""
    await careful(self, connection, handler)
    actor = connection.scope.get("user")
    if not isinstance(actor, Actor):
        return
    first.append(actor)
    if connection.scope.get("method") == "GET" and DOOR.fullmatch(connection.scope["path"]):
        owner = first[0].organization_id
        connection.scope["user"] = attrs.evolve(actor, organization_id=owner)


if __name__ == "__main__":
    Guard.__call__ = careless  # type: ignore[method-assign]
    sys.exit(main())
