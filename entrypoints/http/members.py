"""Routes of members: who there is, what they may do, and that they come and go."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.identity.change_member import (
    ChangeRole,
    DeactivateMember,
    MemberStep,
    ReactivateMember,
    RemoveMember,
)
from application.identity.end_sessions import EndSessionsOf
from application.identity.invite_member import InviteAgain, InviteMember
from application.identity.people_ports import PeopleViews
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.identity.members import (
    BadMemberEmail,
    BadMemberName,
    EmailTaken,
    LastOwner,
    Member,
    MemberCannotBecome,
    MemberNotFound,
    RoleTooHigh,
    TooManyMembers,
)
from domain.kernel.actors import Permission
from domain.kernel.identifiers import MemberId
from domain.kernel.refusals import Refusal
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.member_shapes import (
    BERT,
    EndedBody,
    InvitationInput,
    MemberBody,
    MemberPage,
    RoleInput,
)
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Step = UseCase[Any, Member]

INVITATION: Body[InvitationInput] = Body(InvitationInput, examples={"a colleague": BERT})
ROLE: Body[RoleInput] = Body(RoleInput, examples={"only looks": {"role": "viewer"}})
LIST = Query(PageQuery)
THIS = {"member_id": "$response.body#/id"}

_invited = worded(
    MemberBody.of,
    status=201,
    version=lambda member: member.version,
    location=lambda member: f"/v1/members/{member.id}",
)
_changed = worded(MemberBody.of, version=lambda member: member.version)


def _step(*refusals: type[Refusal]) -> dict[str, Operation]:
    return Operation(
        tag="members",
        needs=Permission.MANAGE_MEMBERS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        shows=MemberBody,
        refuses=(MemberNotFound, RoleTooHigh, *refusals),
        sensitive=True,
    ).opt


async def _take(
    kind: type[MemberStep], request: AnyRequest, member_id: UUID, step: Step
) -> Response[bytes]:
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = kind(
        actor=actor_of(request),
        member_id=MemberId(member_id),
        version=seen_version(request),
        once=key.once(_changed),
    )
    return respond(_changed(await step(command)))


@post(
    "/v1/members",
    opt=Operation(
        tag="members",
        needs=Permission.MANAGE_MEMBERS,
        sends=(IDEMPOTENCY_KEY,),
        body=INVITATION,
        shows=MemberBody,
        status=201,
        refuses=(BadMemberEmail, BadMemberName, EmailTaken, RoleTooHigh, TooManyMembers),
        sensitive=True,
        then={"read_member": THIS},
    ).opt,
)
async def invite_member(
    request: AnyRequest, invite_member: NamedDependency[SkipValidation[Step]]
) -> Response[bytes]:
    """Invite somebody: a letter with a link that is good once, for seven days."""
    data = await INVITATION.of(request)
    key = await IdempotencyKey.of(request)
    member = await invite_member(
        InviteMember(
            actor=actor_of(request),
            email=data.email,
            name=data.name,
            role=data.role,
            once=key.once(_invited),
        )
    )
    return respond(_invited(member))


@post(
    "/v1/members/{member_id:uuid}/invite",
    status_code=200,
    opt=Operation(
        tag="members",
        needs=Permission.MANAGE_MEMBERS,
        sends=(IDEMPOTENCY_KEY,),
        shows=MemberBody,
        refuses=(MemberNotFound, MemberCannotBecome),
    ).opt,
)
async def invite_again(
    request: AnyRequest,
    member_id: FromPath[UUID],
    invite_again: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Send the letter once more, with a link of its own."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = InviteAgain(
        actor=actor_of(request), member_id=MemberId(member_id), once=key.once(_changed)
    )
    return respond(_changed(await invite_again(command)))


@get(
    "/v1/members",
    opt=Operation(
        tag="members",
        needs=Permission.READ_MEMBERS,
        query=LIST,
        shows=MemberPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_members(
    request: AnyRequest, people_views: NamedDependency[SkipValidation[PeopleViews]]
) -> Response[bytes]:
    """The people of your organization, by name."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await people_views.members(actor_of(request), slice=cursors.slice(query))
    items = [MemberBody.of(member) for member in page.items]
    return cursors.respond(MemberPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/members/{member_id:uuid}",
    opt=Operation(
        tag="members",
        needs=Permission.READ_MEMBERS,
        sends=(IF_NONE_MATCH,),
        shows=MemberBody,
        refuses=(MemberNotFound,),
    ).opt,
)
async def read_member(
    request: AnyRequest,
    member_id: FromPath[UUID],
    people_views: NamedDependency[SkipValidation[PeopleViews]],
) -> Response[bytes]:
    """One member."""
    member = await people_views.member(actor_of(request), MemberId(member_id))
    return tagged(request, MemberBody.of(member), version=member.version)


@put(
    "/v1/members/{member_id:uuid}/role",
    opt=Operation(
        tag="members",
        needs=Permission.MANAGE_MEMBERS,
        sends=(IF_MATCH,),
        body=ROLE,
        shows=MemberBody,
        refuses=(MemberNotFound, RoleTooHigh, LastOwner),
        sensitive=True,
    ).opt,
)
async def change_role(
    request: AnyRequest,
    member_id: FromPath[UUID],
    change_role: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Give a member another role; it counts from their next request on."""
    data = await ROLE.of(request)
    command = ChangeRole(
        actor=actor_of(request),
        member_id=MemberId(member_id),
        role=data.role,
        version=seen_version(request),
    )
    return respond(_changed(await change_role(command)))


@post(
    "/v1/members/{member_id:uuid}/deactivate",
    status_code=200,
    opt=_step(MemberCannotBecome, LastOwner),
)
async def deactivate_member(
    request: AnyRequest,
    member_id: FromPath[UUID],
    deactivate_member: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Let a member in no more, from now on; they may be let in again."""
    return await _take(DeactivateMember, request, member_id, deactivate_member)


@post(
    "/v1/members/{member_id:uuid}/reactivate",
    status_code=200,
    opt=_step(MemberCannotBecome, TooManyMembers),
)
async def reactivate_member(
    request: AnyRequest,
    member_id: FromPath[UUID],
    reactivate_member: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Let a member in again, with the password they had."""
    return await _take(ReactivateMember, request, member_id, reactivate_member)


@delete(
    "/v1/members/{member_id:uuid}",
    status_code=200,
    opt=Operation(
        tag="members",
        needs=Permission.MANAGE_MEMBERS,
        sends=(IF_MATCH,),
        shows=MemberBody,
        refuses=(MemberNotFound, RoleTooHigh, LastOwner),
        sensitive=True,
    ).opt,
)
async def remove_member(
    request: AnyRequest,
    member_id: FromPath[UUID],
    remove_member: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Remove a member with all that is kept about them; the answer is the last of it."""
    await no_body(request)
    command = RemoveMember(
        actor=actor_of(request), member_id=MemberId(member_id), version=seen_version(request)
    )
    return respond(_changed(await remove_member(command)))


@delete(
    "/v1/members/{member_id:uuid}/sessions",
    status_code=200,
    opt=Operation(
        tag="members",
        needs=Permission.MANAGE_MEMBERS,
        shows=EndedBody,
        refuses=(MemberNotFound, RoleTooHigh),
    ).opt,
)
async def end_sessions_of(
    request: AnyRequest,
    member_id: FromPath[UUID],
    end_sessions_of: NamedDependency[SkipValidation[UseCase[EndSessionsOf, int]]],
) -> Response[bytes]:
    """Sign a member out everywhere, at once."""
    await no_body(request)
    command = EndSessionsOf(actor=actor_of(request), member_id=MemberId(member_id))
    return respond(answer(EndedBody(ended=await end_sessions_of(command))))


STEPS = [change_role, deactivate_member, reactivate_member, remove_member, end_sessions_of]
router = Router(
    "/", route_handlers=[invite_member, invite_again, list_members, read_member, *STEPS]
)
