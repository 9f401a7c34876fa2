"""Who is asking: the bearer key or session of a request stands for an actor.

Nothing is open by default.
"""

from typing import Any

import attrs
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from application.identity.authenticate import Authenticate
from application.identity.authenticate_session import AuthenticateSession
from application.identity.count_requests import CountRequests, Tiers
from application.identity.people_ports import SignedIn
from domain.identity.api_keys import Unauthenticated
from domain.identity.request_limits import Counted
from domain.identity.sessions import PREFIX, NoAccount, Session
from domain.identity.tries import source_of
from domain.kernel.actors import Actor
from domain.kernel.identifiers import SessionId
from entrypoints.http.client_address import network_of
from entrypoints.http.context import client_address
from entrypoints.http.in_calls import call_of
from entrypoints.http.operations import Operation, operation_of
from entrypoints.http.rate_limiting import counted_as, telling
from entrypoints.wiring.at_work import known

AnyConnection = ASGIConnection[Any, Any, Any, Any]


@attrs.frozen
class Guard:
    """Runs before every route, and before anything of the request but its head is looked at.

    Use cases ask for permissions as well; here it happens before a body is read.
    """

    authenticate: Authenticate
    authenticate_session: AuthenticateSession
    count: CountRequests
    tiers: Tiers

    async def __call__(self, connection: AnyConnection, handler: BaseRouteHandler) -> None:
        if connection.scope.get("method") == "OPTIONS":
            return  # says no more than the description of the API, which is public
        operation = operation_of(handler)
        counted = counted_as(operation, str(connection.scope.get("method")))
        told = telling(connection.scope)
        source = source_of(client_address())
        if operation.needs is None:
            if counted is not None:
                await self.count.of_address(source, counted, told=told)
            return
        try:
            actor, signed_in = await self._identified(connection)
        except Unauthenticated:
            await self.count.of_address(source, Counted.UNKNOWN, told=told)
            raise
        known(organization_id=str(actor.organization_id), actor_id=str(actor.id))
        connection.scope["user"] = attrs.evolve(
            actor,
            origin=network_of(client_address()),
            call_id=call_of(connection, operation),
        )
        await self.count.of_actor(actor, counted or Counted.WRITE, told=told)
        actor.must_have_one(*operation.enough)
        if operation.feature is not None:
            (await self.tiers(actor.organization_id)).must_have(operation.feature)
        if signed_in is not None:
            signed_in.must_be_let(operation.needs)
            self._must_be_recent(signed_in, operation)
        connection.scope["auth"] = None if signed_in is None else signed_in.session

    def _must_be_recent(self, signed_in: SignedIn, operation: Operation) -> None:
        if operation.sensitive:
            self.authenticate_session.must_be_recent(signed_in.session)

    async def _identified(self, connection: AnyConnection) -> tuple[Actor, SignedIn | None]:
        scheme, _, shown = connection.headers.get("authorization", "").partition(" ")
        secret = shown.strip()
        if scheme.lower() != "bearer":
            raise Unauthenticated
        if not secret.startswith(PREFIX):
            return await self.authenticate(secret), None
        signed_in = await self.authenticate_session(secret)
        return signed_in.actor, signed_in


def actor_of(connection: AnyConnection) -> Actor:
    """Who is asking; past the guard, whom it let in."""
    actor: Actor = connection.scope["user"]
    return actor


def session_id_of(connection: AnyConnection) -> SessionId | None:
    """None for a key."""
    session: Session | None = connection.scope["auth"]
    return None if session is None else session.id


def session_of(connection: AnyConnection) -> Session:
    """The session by which the guard let in whom it did. Raises NoAccount for a key."""
    session: Session | None = connection.scope["auth"]
    if session is None:
        raise NoAccount
    return session
