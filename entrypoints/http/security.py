"""Who is asking: the bearer key of a request stands for an actor. Nothing is open by default."""

from typing import Any

import attrs
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from application.identity.authenticate import Authenticate
from domain.identity.api_keys import Unauthenticated
from domain.kernel.actors import Actor, Permission

PUBLIC = {"public": True}
"""Marks a route that answers without a key: health, and the description of the API."""


@attrs.frozen
class Guard:
    """Runs before every route."""

    authenticate: Authenticate

    async def __call__(
        self, connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
    ) -> None:
        if handler.opt.get("public") is True:
            return
        scheme, _, secret = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthenticated
        connection.scope["user"] = await self.authenticate(secret.strip())


def current_actor(scope: Any) -> Actor:
    """Whom the guard let in."""
    actor: Actor = scope["user"]
    return actor


def actor_who_may(permission: Permission, scope: Any) -> Actor:
    """Whom the guard let in. Raises NotPermitted: readers ask here, use cases ask themselves."""
    actor = current_actor(scope)
    actor.must(permission)
    return actor
