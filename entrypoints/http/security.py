"""Who is asking: the bearer key of a request stands for an actor. Nothing is open by default."""

from typing import Any

import attrs
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from application.identity.authenticate import Authenticate
from domain.identity.api_keys import Unauthenticated
from domain.kernel.actors import Actor
from entrypoints.http.client_address import network_of
from entrypoints.http.context import client_address
from entrypoints.http.operations import operation_of
from entrypoints.wiring.at_work import known

AnyConnection = ASGIConnection[Any, Any, Any, Any]


@attrs.frozen
class Guard:
    """Runs before every route, and before anything of the request but its head is looked at.

    Use cases ask for permissions as well; here it happens before a body is read.
    """

    authenticate: Authenticate

    async def __call__(self, connection: AnyConnection, handler: BaseRouteHandler) -> None:
        if connection.scope.get("method") == "OPTIONS":
            return  # says no more than the description of the API, which is public
        needed = operation_of(handler).needs
        if needed is None:
            return
        scheme, _, secret = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthenticated
        actor = await self.authenticate(secret.strip())
        known(organization_id=str(actor.organization_id), actor_id=str(actor.id))
        actor.must(needed)
        connection.scope["user"] = attrs.evolve(actor, origin=network_of(client_address()))


def actor_of(connection: AnyConnection) -> Actor:
    """Whom the guard let in."""
    actor: Actor = connection.scope["user"]
    return actor
