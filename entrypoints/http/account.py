"""Routes of one's own account."""

from typing import Any

from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from application.identity.change_account import AskForEmail, ChangeName, ChangePassword
from application.identity.people_ports import PeopleViews
from application.identity.renewed_sessions import RenewedSession
from application.kernel.ports import UseCase
from application.kernel.refusals import RateLimited
from domain.identity.members import BadMemberEmail, BadMemberName, Member
from domain.identity.passwords import PasswordTooCommon, PasswordTooLong, PasswordTooShort
from domain.identity.sessions import NoAccount, WrongPassword
from domain.kernel.actors import Permission
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.context import client_address
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.member_shapes import (
    AccountBody,
    ChangedPasswordInput,
    EmailInput,
    NameInput,
    OpenedSessionBody,
)
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.security import actor_of, session_of

AnyRequest = Request[Any, Any, Any]

BAD_PASSWORDS = (PasswordTooShort, PasswordTooLong, PasswordTooCommon)

NAME: Body[NameInput] = Body(NameInput, examples={"married": {"name": "Ada King"}})
EMAIL: Body[EmailInput] = Body(EmailInput, examples={"a new one": {"email": "king@example.com"}})
PASSWORD: Body[ChangedPasswordInput] = Body(
    ChangedPasswordInput,
    examples={
        "another": {
            "current": "seven green doors ajar",
            "password": "a gate with nobody behind it",
        }
    },
)

_changed = worded(AccountBody.of, version=lambda member: member.version)
_asked = worded(AccountBody.of, status=202, version=lambda member: member.version)


@get(
    "/v1/me",
    opt=Operation(
        tag="sessions",
        needs=Permission.USE_ACCOUNT,
        sends=(IF_NONE_MATCH,),
        shows=AccountBody,
        refuses=(NoAccount,),
    ).opt,
)
async def read_account(
    request: AnyRequest, people_views: NamedDependency[SkipValidation[PeopleViews]]
) -> Response[bytes]:
    """Yourself, and what you may do."""
    member = await people_views.member(actor_of(request), session_of(request).member_id)
    return tagged(request, AccountBody.of(member), version=member.version)


@put(
    "/v1/me",
    opt=Operation(
        tag="sessions",
        needs=Permission.USE_ACCOUNT,
        sends=(IF_MATCH,),
        body=NAME,
        shows=AccountBody,
        refuses=(NoAccount, BadMemberName),
    ).opt,
)
async def change_account(
    request: AnyRequest,
    change_name: NamedDependency[SkipValidation[UseCase[ChangeName, Member]]],
) -> Response[bytes]:
    """Change your name."""
    data, version = await NAME.of(request), seen_version(request)
    session_of(request)
    command = ChangeName(actor=actor_of(request), name=data.name, version=version)
    return respond(_changed(await change_name(command)))


@put(
    "/v1/me/password",
    opt=Operation(
        tag="sessions",
        needs=Permission.USE_ACCOUNT,
        body=PASSWORD,
        shows=OpenedSessionBody,
        refuses=(NoAccount, WrongPassword, RateLimited, *BAD_PASSWORDS),
    ).opt,
)
async def change_password(
    request: AnyRequest,
    change_password: NamedDependency[SkipValidation[UseCase[ChangePassword, RenewedSession]]],
) -> Response[bytes]:
    """Change your password; your other sessions end, and this one goes on with another token."""
    data, session = await PASSWORD.of(request), session_of(request)
    renewed = await change_password(
        ChangePassword(
            actor=actor_of(request),
            session_id=session.id,
            current=data.current,
            password=data.password,
            address=client_address(),
        )
    )
    body = OpenedSessionBody.renewed(session, renewed)
    return respond(answer(body, version=renewed.member.version))


@post(
    "/v1/me/email",
    status_code=202,
    opt=Operation(
        tag="sessions",
        needs=Permission.USE_ACCOUNT,
        sends=(IDEMPOTENCY_KEY,),
        body=EMAIL,
        shows=AccountBody,
        status=202,
        refuses=(NoAccount, BadMemberEmail),
        sensitive=True,
    ).opt,
)
async def ask_for_email(
    request: AnyRequest,
    ask_for_email: NamedDependency[SkipValidation[UseCase[AskForEmail, Member]]],
) -> Response[bytes]:
    """Use another address, once you follow the link that is sent there."""
    data = await EMAIL.of(request)
    key = await IdempotencyKey.of(request)
    session_of(request)
    command = AskForEmail(actor=actor_of(request), email=data.email, once=key.once(_asked))
    return respond(_asked(await ask_for_email(command)))


router = Router("/", route_handlers=[read_account, change_account, change_password, ask_for_email])
