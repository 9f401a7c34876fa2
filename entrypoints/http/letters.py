"""Routes for those who are nobody yet: they register, or follow a link in a letter."""

from typing import Any

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from application.identity.accept_invitation import AcceptInvitation
from application.identity.change_account import ConfirmEmail
from application.identity.register import Register, RegistrationClosed
from application.identity.reset_password import AskForReset, ResetPassword
from application.kernel.ports import UseCase
from application.kernel.refusals import RateLimited
from domain.identity.mail_tokens import MailTokenRefused
from domain.identity.members import (
    BadMemberEmail,
    BadMemberName,
    EmailTaken,
    Member,
    MemberCannotBecome,
)
from domain.identity.organizations import BadSlug, Organization, SlugTaken
from domain.identity.passwords import PasswordTooCommon, PasswordTooLong, PasswordTooShort
from domain.identity.request_limits import Counted
from domain.kernel.refusals import Refusal
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.client_address import network_of
from entrypoints.http.context import client_address
from entrypoints.http.member_shapes import (
    NEW,
    LetterBody,
    MemberBody,
    NewPasswordInput,
    RegistrationInput,
    ResetInput,
    TokenInput,
)
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body

AnyRequest = Request[Any, Any, Any]

REGISTRATION: Body[RegistrationInput] = Body(
    RegistrationInput,
    examples={
        "a hotel": {
            "slug": "seaside",
            "name": "Seaside Hotel",
            "owner": {"email": "ada@example.com", "name": "Ada Lovelace"},
        }
    },
)
NEW_PASSWORD: Body[NewPasswordInput] = Body(NewPasswordInput, examples={"a long one": NEW})
TOKEN: Body[TokenInput] = Body(TokenInput, examples={"from the link": {"token": NEW["token"]}})
RESET: Body[ResetInput] = Body(
    ResetInput, examples={"forgot it": {"organization": "seaside", "email": "ada@example.com"}}
)
SENT = LetterBody(detail="if there is such a member, a letter is on its way")

_shown = worded(MemberBody.of, version=lambda member: member.version)


def _link(body: Body[Any], *refusals: type[Refusal]) -> dict[str, Operation]:
    return Operation(
        tag="sessions",
        needs=None,
        body=body,
        shows=MemberBody,
        refuses=(MailTokenRefused, MemberCannotBecome, *refusals),
        counts_as=Counted.SIGN_IN,
    ).opt


@post(
    "/v1/registrations",
    status_code=202,
    opt=Operation(
        tag="sessions",
        needs=None,
        body=REGISTRATION,
        shows=LetterBody,
        status=202,
        refuses=(
            RegistrationClosed,
            BadSlug,
            SlugTaken,
            BadMemberEmail,
            BadMemberName,
            RateLimited,
        ),
        counts_as=Counted.SIGN_UP,
    ).opt,
)
async def register(
    request: AnyRequest,
    register: NamedDependency[SkipValidation[UseCase[Register, Organization]]],
) -> Response[bytes]:
    """Register an organization, where that is open to anybody.

    Its owner gets a letter, and chooses a password by the link in it.
    """
    data = await REGISTRATION.of(request)
    await register(
        Register(
            slug=data.slug,
            name=data.name,
            owner_name=data.owner.name,
            owner_email=data.owner.email,
            address=client_address(),
        )
    )
    return respond(answer(LetterBody(detail="a letter is on its way"), status=202))


@post(
    "/v1/invitations/accept",
    status_code=200,
    opt=_link(NEW_PASSWORD, SlugTaken, PasswordTooShort, PasswordTooLong, PasswordTooCommon),
)
async def accept_invitation(
    request: AnyRequest,
    accept_invitation: NamedDependency[SkipValidation[UseCase[AcceptInvitation, Member]]],
) -> Response[bytes]:
    """Accept an invitation, with a password of your own; then sign in.

    Whoever registered an organization gets its slug with this, unless somebody else was faster
    (409 `slug_taken`): then register with another one.
    """
    data = await NEW_PASSWORD.of(request)
    command = AcceptInvitation(
        token=data.token, password=data.password, origin=network_of(client_address())
    )
    return respond(_shown(await accept_invitation(command)))


@post(
    "/v1/password-resets",
    status_code=202,
    opt=Operation(
        tag="sessions",
        needs=None,
        body=RESET,
        shows=LetterBody,
        status=202,
        refuses=(RateLimited,),
        counts_as=Counted.SIGN_IN,
    ).opt,
)
async def ask_for_reset(
    request: AnyRequest,
    ask_for_reset: NamedDependency[SkipValidation[UseCase[AskForReset, None]]],
) -> Response[bytes]:
    """Ask for a new password, by a link that is good once, for half an hour."""
    data = await RESET.of(request)
    await ask_for_reset(
        AskForReset(organization=data.organization, email=data.email, address=client_address())
    )
    return respond(answer(SENT, status=202))


@post(
    "/v1/password-resets/use",
    status_code=200,
    opt=_link(NEW_PASSWORD, PasswordTooShort, PasswordTooLong, PasswordTooCommon),
)
async def reset_password(
    request: AnyRequest,
    reset_password: NamedDependency[SkipValidation[UseCase[ResetPassword, Member]]],
) -> Response[bytes]:
    """Choose a new password; all your sessions end."""
    data = await NEW_PASSWORD.of(request)
    command = ResetPassword(
        token=data.token, password=data.password, origin=network_of(client_address())
    )
    return respond(_shown(await reset_password(command)))


@post("/v1/emails/confirm", status_code=200, opt=_link(TOKEN, EmailTaken))
async def confirm_email(
    request: AnyRequest,
    confirm_email: NamedDependency[SkipValidation[UseCase[ConfirmEmail, Member]]],
) -> Response[bytes]:
    """Confirm that an address is yours; from now on you sign in with it."""
    data = await TOKEN.of(request)
    return respond(_shown(await confirm_email(ConfirmEmail(token=data.token))))


router = Router(
    "/",
    route_handlers=[register, accept_invitation, ask_for_reset, reset_password, confirm_email],
)
