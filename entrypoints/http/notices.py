"""Routes of one's notices: what members are told of in the program itself."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from application.notifications.choose_notices import ChooseNotices
from application.notifications.notice_ports import NoticeViews
from application.notifications.read_notices import DeleteNotice, ReadNotice, ReadNotices
from domain.identity.sessions import NoAccount
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import NoticeId
from domain.notifications.member_notices import MemberNotice, NoticeNotFound
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.notice_shapes import (
    NoticeBody,
    NoticeChoiceBody,
    NoticeChoiceInput,
    NoticePage,
    NoticeQuery,
    NoticesReadBody,
)
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of, session_of

AnyRequest = Request[Any, Any, Any]
Views = NamedDependency[SkipValidation[NoticeViews]]

LIST = Query(NoticeQuery)
CHOICE: Body[NoticeChoiceInput] = Body(
    NoticeChoiceInput,
    examples={"fewer": {"unwanted": ["import_completed"]}, "all": {"unwanted": []}},
)

_shown = worded(NoticeBody.of)
_all_read = worded(NoticesReadBody.of)


def _member(request: AnyRequest) -> Actor:
    """Raises NoAccount: keys are told nothing."""
    session_of(request)
    return actor_of(request)


@get(
    "/v1/notices",
    opt=Operation(
        tag="notices",
        needs=Permission.USE_ACCOUNT,
        query=LIST,
        shows=NoticePage,
        refuses=(NoAccount, BadCursor),
        then={"read_notice": {"notice_id": "$response.body#/items/0/id"}},
    ).opt,
)
async def list_notices(request: AnyRequest, notice_views: Views) -> Response[bytes]:
    """What you were told of, the latest first; sockets say so at once in the room `notices`."""
    query, actor, cursors = LIST.of(request), _member(request), Cursors.of(request)
    unread = None if query.read is None else not query.read
    page = await notice_views.notices(actor, unread=unread, slice=cursors.slice(query))
    shown = NoticePage(
        items=[NoticeBody.of(notice) for notice in page.items],
        unread=await notice_views.unread(actor),
        next=cursors.write(page.next),
    )
    return cursors.respond(shown)


@post(
    "/v1/notices/{notice_id:uuid}/read",
    status_code=200,
    opt=Operation(
        tag="notices",
        needs=Permission.USE_ACCOUNT,
        sends=(IDEMPOTENCY_KEY,),
        shows=NoticeBody,
        refuses=(NoAccount, NoticeNotFound),
    ).opt,
)
async def read_notice(
    request: AnyRequest,
    notice_id: FromPath[UUID],
    read_notice: NamedDependency[SkipValidation[UseCase[ReadNotice, MemberNotice]]],
) -> Response[bytes]:
    """You have read it; the first time counts."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = ReadNotice(
        actor=_member(request), notice_id=NoticeId(notice_id), once=key.once(_shown)
    )
    return respond(_shown(await read_notice(command)))


@post(
    "/v1/notices/read",
    status_code=200,
    opt=Operation(
        tag="notices",
        needs=Permission.USE_ACCOUNT,
        sends=(IDEMPOTENCY_KEY,),
        shows=NoticesReadBody,
        refuses=(NoAccount,),
    ).opt,
)
async def read_notices(
    request: AnyRequest,
    read_notices: NamedDependency[SkipValidation[UseCase[ReadNotices, int]]],
) -> Response[bytes]:
    """You have read all there are."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = ReadNotices(actor=_member(request), once=key.once(_all_read))
    return respond(_all_read(await read_notices(command)))


@delete(
    "/v1/notices/{notice_id:uuid}",
    status_code=200,
    opt=Operation(
        tag="notices",
        needs=Permission.USE_ACCOUNT,
        shows=NoticeBody,
        refuses=(NoAccount, NoticeNotFound),
    ).opt,
)
async def delete_notice(
    request: AnyRequest,
    notice_id: FromPath[UUID],
    delete_notice: NamedDependency[SkipValidation[UseCase[DeleteNotice, MemberNotice]]],
) -> Response[bytes]:
    """Put a notice away for good; who else was told of the same keeps theirs."""
    await no_body(request)
    command = DeleteNotice(actor=_member(request), notice_id=NoticeId(notice_id))
    return respond(_shown(await delete_notice(command)))


@get(
    "/v1/notices/preferences",
    opt=Operation(
        tag="notices",
        needs=Permission.USE_ACCOUNT,
        shows=NoticeChoiceBody,
        refuses=(NoAccount,),
    ).opt,
)
async def read_notice_preferences(request: AnyRequest, notice_views: Views) -> Response[bytes]:
    """Of what there are notices, and which of them you do not want."""
    unwanted = await notice_views.unwanted(_member(request))
    return respond(answer(NoticeChoiceBody.of(unwanted)))


@put(
    "/v1/notices/preferences",
    opt=Operation(
        tag="notices",
        needs=Permission.USE_ACCOUNT,
        body=CHOICE,
        shows=NoticeChoiceBody,
        refuses=(NoAccount,),
    ).opt,
)
async def choose_notices(
    request: AnyRequest,
    choose_notices: NamedDependency[SkipValidation[UseCase[ChooseNotices, None]]],
) -> Response[bytes]:
    """Choose what not to be told of, from now on; whatever you may do there is told otherwise."""
    data, actor = await CHOICE.of(request), _member(request)
    unwanted = frozenset(data.unwanted)
    await choose_notices(ChooseNotices(actor=actor, unwanted=unwanted))
    return respond(answer(NoticeChoiceBody.of(unwanted)))


router = Router(
    "/",
    route_handlers=[
        list_notices,
        read_notice,
        read_notices,
        delete_notice,
        read_notice_preferences,
        choose_notices,
    ],
)
