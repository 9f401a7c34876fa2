"""Routes of sessions: signing in and out, and where one is signed in."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.identity.end_sessions import EndOwnSessions, EndSession
from application.identity.open_session import OpenedSession, OpenSession
from application.identity.people_ports import PeopleViews
from application.identity.reauthentication import ConfirmSession
from application.identity.renewed_sessions import RenewedSession
from application.kernel.ports import UseCase
from application.kernel.refusals import RateLimited
from domain.identity.request_limits import Counted
from domain.identity.second_factors import SecondFactorNeeded, WrongCode
from domain.identity.sessions import NoAccount, SessionNotFound, SignInRefused, WrongPassword
from domain.kernel.actors import Permission
from domain.kernel.identifiers import SessionId
from entrypoints.http.answers import answer, respond
from entrypoints.http.client_address import network_of
from entrypoints.http.context import client_address
from entrypoints.http.member_shapes import (
    ADA,
    CredentialsInput,
    EndedBody,
    OpenedSessionBody,
    PasswordInput,
    SessionBody,
    SessionList,
)
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body, no_body, printable
from entrypoints.http.security import actor_of, session_of
from entrypoints.wiring.at_work import known

AnyRequest = Request[Any, Any, Any]

CREDENTIALS: Body[CredentialsInput] = Body(CredentialsInput, examples={"at the desk": ADA})
PASSWORD: Body[PasswordInput] = Body(
    PasswordInput, examples={"once more": {"password": "seven green doors ajar"}}
)
End = NamedDependency[SkipValidation[UseCase[EndSession, None]]]


def _own(shows: Any, *, sensitive: bool = False) -> dict[str, Operation]:
    return Operation(
        tag="sessions",
        needs=Permission.USE_ACCOUNT,
        shows=shows,
        refuses=(NoAccount,),
        sensitive=sensitive,
    ).opt


@post(
    "/v1/sessions",
    opt=Operation(
        tag="sessions",
        needs=None,
        body=CREDENTIALS,
        shows=OpenedSessionBody,
        status=201,
        refuses=(SignInRefused, SecondFactorNeeded, WrongCode, RateLimited),
        counts_as=Counted.SIGN_IN,
    ).opt,
)
async def sign_in(
    request: AnyRequest,
    open_session: NamedDependency[SkipValidation[UseCase[OpenSession, OpenedSession]]],
) -> Response[bytes]:
    """Sign in; the token of the session is shown this once.

    Whoever has a second factor sends a `code` as well, or is asked for it when the password was
    right (401 `second_factor_needed`). Whoever tries too often waits for some minutes. It takes
    no `Idempotency-Key`: an answer that is kept would keep the token in it.
    """
    data = await CREDENTIALS.of(request)
    opened = await open_session(
        OpenSession(
            organization=data.organization,
            email=data.email,
            password=data.password,
            code=data.code,
            device=printable(request.headers.get("user-agent", "")),
            address=client_address(),
            origin=network_of(client_address()),
        )
    )
    actor = opened.member.actor
    known(organization_id=str(actor.organization_id), actor_id=str(actor.id))
    return respond(answer(OpenedSessionBody.of(opened), status=201))


@get("/v1/sessions", opt=_own(SessionList))
async def list_sessions(
    request: AnyRequest, people_views: NamedDependency[SkipValidation[PeopleViews]]
) -> Response[bytes]:
    """Where you are signed in, latest seen first."""
    current = session_of(request)
    sessions = await people_views.sessions(actor_of(request), current.member_id)
    items = [SessionBody.of(session, current=current) for session in sessions]
    return respond(answer(SessionList(items=items)))


@delete("/v1/sessions", status_code=200, opt=_own(EndedBody, sensitive=True))
async def end_sessions(
    request: AnyRequest,
    end_own_sessions: NamedDependency[SkipValidation[UseCase[EndOwnSessions, int]]],
) -> Response[bytes]:
    """Sign out everywhere, here too."""
    await no_body(request)
    session_of(request)
    ended = await end_own_sessions(EndOwnSessions(actor=actor_of(request)))
    return respond(answer(EndedBody(ended=ended)))


@delete("/v1/sessions/current", status_code=200, opt=_own(EndedBody))
async def sign_out(request: AnyRequest, end_session: End) -> Response[bytes]:
    """Sign out."""
    await no_body(request)
    command = EndSession(actor=actor_of(request), session_id=session_of(request).id)
    await end_session(command)
    return respond(answer(EndedBody(ended=1)))


@delete(
    "/v1/sessions/{session_id:uuid}",
    status_code=200,
    opt=Operation(
        tag="sessions",
        needs=Permission.USE_ACCOUNT,
        shows=EndedBody,
        refuses=(NoAccount, SessionNotFound),
        sensitive=True,
    ).opt,
)
async def end_session(
    request: AnyRequest, session_id: FromPath[UUID], end_session: End
) -> Response[bytes]:
    """End one of your sessions."""
    await no_body(request)
    session_of(request)
    await end_session(EndSession(actor=actor_of(request), session_id=SessionId(session_id)))
    return respond(answer(EndedBody(ended=1)))


@post(
    "/v1/sessions/current/confirm",
    status_code=200,
    opt=Operation(
        tag="sessions",
        needs=Permission.USE_ACCOUNT,
        body=PASSWORD,
        shows=OpenedSessionBody,
        refuses=(NoAccount, WrongPassword, SecondFactorNeeded, WrongCode, RateLimited),
    ).opt,
)
async def confirm_session(
    request: AnyRequest,
    confirm_session: NamedDependency[SkipValidation[UseCase[ConfirmSession, RenewedSession]]],
) -> Response[bytes]:
    """Show your password once more, before what is sensitive; with a `code`, if you have a second
    factor (401 `second_factor_needed`).

    The answer has another token for the same session; the one of before is good no longer.
    """
    data = await PASSWORD.of(request)
    session = session_of(request)
    renewed = await confirm_session(
        ConfirmSession(
            actor=actor_of(request),
            session_id=session.id,
            password=data.password,
            code=data.code,
            address=client_address(),
        )
    )
    return respond(answer(OpenedSessionBody.renewed(session, renewed)))


router = Router(
    "/",
    route_handlers=[
        sign_in,
        list_sessions,
        end_sessions,
        sign_out,
        end_session,
        confirm_session,
    ],
)
