"""Routes of second factors: one's own, and that of somebody who has lost it."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.identity.people_ports import PeopleViews
from application.identity.remove_second_factor import RemoveSecondFactor, ResetSecondFactor
from application.identity.set_up_second_factor import (
    BeginSecondFactor,
    BegunSecondFactor,
    ConfirmSecondFactor,
    RenewRecoveryCodes,
)
from application.kernel.ports import UseCase
from application.kernel.refusals import RateLimited
from domain.identity.members import Member, MemberNotFound, RoleTooHigh
from domain.identity.second_factors import (
    NoSecondFactor,
    OwnSecondFactor,
    PasswordNeedsSecondFactor,
    SecondFactorSet,
    SecondFactorUnavailable,
    WrongCode,
)
from domain.identity.sessions import NoAccount, WrongPassword
from domain.kernel.actors import Permission
from domain.kernel.identifiers import MemberId
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.context import client_address
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.member_shapes import MemberBody
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body, no_body
from entrypoints.http.second_factor_shapes import (
    BegunSecondFactorBody,
    CodeInput,
    PasswordAndCodeInput,
    RecoveryCodesBody,
    SecondFactorBody,
)
from entrypoints.http.security import actor_of, session_of

AnyRequest = Request[Any, Any, Any]
Begin = UseCase[BeginSecondFactor, BegunSecondFactor]
Codes = tuple[str, ...]

CODE: Body[CodeInput] = Body(CodeInput, examples={"of the authenticator": {"code": "287082"}})
PASSWORD_AND_CODE: Body[PasswordAndCodeInput] = Body(
    PasswordAndCodeInput,
    examples={"both": {"password": "seven green doors ajar", "code": "287082"}},
)

_changed = worded(MemberBody.of, version=lambda member: member.version)


@get(
    "/v1/me/second-factor",
    opt=Operation(
        tag="sessions",
        needs=Permission.USE_ACCOUNT,
        shows=SecondFactorBody,
        refuses=(NoAccount,),
    ).opt,
)
async def read_second_factor(
    request: AnyRequest, people_views: NamedDependency[SkipValidation[PeopleViews]]
) -> Response[bytes]:
    """Whether you have a second factor, and how many recovery codes are left."""
    actor, member_id = actor_of(request), session_of(request).member_id
    member = await people_views.member(actor, member_id)
    left = await people_views.recovery_codes(actor, member_id)
    return respond(answer(SecondFactorBody.of(member, left)))


@post(
    "/v1/me/second-factor",
    opt=Operation(
        tag="sessions",
        needs=Permission.USE_ACCOUNT,
        shows=BegunSecondFactorBody,
        status=201,
        refuses=(NoAccount, SecondFactorSet, SecondFactorUnavailable),
        sensitive=True,
    ).opt,
)
async def begin_second_factor(
    request: AnyRequest, begin_second_factor: NamedDependency[SkipValidation[Begin]]
) -> Response[bytes]:
    """Set up a second factor: it counts once your authenticator gave a first code.

    It takes no `Idempotency-Key`: an answer that is kept would keep the secret in it. Whoever
    begins again forgets what was begun.
    """
    await no_body(request)
    session_of(request)
    begun = await begin_second_factor(BeginSecondFactor(actor=actor_of(request)))
    return respond(answer(BegunSecondFactorBody.of(begun), status=201))


@post(
    "/v1/me/second-factor/confirm",
    status_code=200,
    opt=Operation(
        tag="sessions",
        needs=Permission.USE_ACCOUNT,
        body=CODE,
        shows=RecoveryCodesBody,
        refuses=(NoAccount, WrongCode, NoSecondFactor, SecondFactorSet, RateLimited),
        sensitive=True,
    ).opt,
)
async def confirm_second_factor(
    request: AnyRequest,
    confirm_second_factor: NamedDependency[SkipValidation[UseCase[ConfirmSecondFactor, Codes]]],
) -> Response[bytes]:
    """Show a first code: from now on nobody signs in without one. Your other sessions end.

    The recovery codes in the answer are shown this once.
    """
    data = await CODE.of(request)
    command = ConfirmSecondFactor(
        actor=actor_of(request), session_id=session_of(request).id, code=data.code
    )
    return _shown(await confirm_second_factor(command))


@post(
    "/v1/me/second-factor/recovery-codes",
    opt=Operation(
        tag="sessions",
        needs=Permission.USE_ACCOUNT,
        body=CODE,
        shows=RecoveryCodesBody,
        status=201,
        refuses=(NoAccount, WrongCode, NoSecondFactor, RateLimited),
        sensitive=True,
    ).opt,
)
async def renew_recovery_codes(
    request: AnyRequest,
    renew_recovery_codes: NamedDependency[SkipValidation[UseCase[RenewRecoveryCodes, Codes]]],
) -> Response[bytes]:
    """Ten new recovery codes, shown this once; those of before are good no more."""
    data = await CODE.of(request)
    session_of(request)
    command = RenewRecoveryCodes(actor=actor_of(request), code=data.code)
    return _shown(await renew_recovery_codes(command), status=201)


def _shown(codes: Codes, *, status: int = 200) -> Response[bytes]:
    return respond(answer(RecoveryCodesBody(recovery_codes=codes), status=status))


@post(
    "/v1/me/second-factor/remove",
    status_code=200,
    opt=Operation(
        tag="sessions",
        needs=Permission.USE_ACCOUNT,
        body=PASSWORD_AND_CODE,
        shows=SecondFactorBody,
        refuses=(
            NoAccount,
            WrongPassword,
            WrongCode,
            NoSecondFactor,
            PasswordNeedsSecondFactor,
            RateLimited,
        ),
        sensitive=True,
    ).opt,
)
async def remove_second_factor(
    request: AnyRequest,
    remove_second_factor: NamedDependency[SkipValidation[UseCase[RemoveSecondFactor, Member]]],
) -> Response[bytes]:
    """Do without a second factor, with a password that is long enough alone.

    Your other sessions end.
    """
    data = await PASSWORD_AND_CODE.of(request)
    member = await remove_second_factor(
        RemoveSecondFactor(
            actor=actor_of(request),
            session_id=session_of(request).id,
            password=data.password,
            code=data.code,
            address=client_address(),
        )
    )
    return respond(answer(SecondFactorBody.of(member, 0)))


@post(
    "/v1/members/{member_id:uuid}/second-factor/reset",
    status_code=200,
    opt=Operation(
        tag="members",
        needs=Permission.MANAGE_MEMBERS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        shows=MemberBody,
        refuses=(MemberNotFound, RoleTooHigh, NoSecondFactor, OwnSecondFactor),
        sensitive=True,
    ).opt,
)
async def reset_second_factor(
    request: AnyRequest,
    member_id: FromPath[UUID],
    reset_second_factor: NamedDependency[SkipValidation[UseCase[ResetSecondFactor, Member]]],
) -> Response[bytes]:
    """Take the second factor off a member who has lost it.

    Their sessions end and their password goes with it: a letter lets them choose another one.
    """
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = ResetSecondFactor(
        actor=actor_of(request),
        member_id=MemberId(member_id),
        version=seen_version(request),
        once=key.once(_changed),
    )
    return respond(_changed(await reset_second_factor(command)))


router = Router(
    "/",
    route_handlers=[
        read_second_factor,
        begin_second_factor,
        confirm_second_factor,
        renew_recovery_codes,
        remove_second_factor,
        reset_second_factor,
    ],
)
