"""JSON shapes of notices."""

from collections.abc import Collection, Sequence
from typing import Annotated

from msgspec import Meta

from domain.notifications.member_notices import MemberNotice, NoticeKind
from entrypoints.http.paging import LARGEST_PAGE, Next, PageQuery
from entrypoints.http.shapes import ONE_LINE, Identifier, Input, Moment, Output

MOST_NOTICES = 10**9

Count = Annotated[int, Meta(ge=0, le=MOST_NOTICES, examples=[3])]
Kinds = Annotated[Sequence[NoticeKind], Meta(max_length=len(NoticeKind))]


class NoticeQuery(PageQuery, frozen=True, kw_only=True):
    """`read`: only those that have been read, or that have not."""

    read: bool | None = None


class NoticeBody(Output, frozen=True):
    """`action_url` is where it leads; what happened is read there, by whoever may."""

    id: Identifier
    type: NoticeKind
    title: Annotated[str, Meta(pattern=ONE_LINE, max_length=100, examples=["A call scored low"])]
    message: Annotated[
        str,
        Meta(
            pattern=ONE_LINE,
            max_length=300,
            examples=["Its score fell below 0.6. See why, and what was said."],
        ),
    ]
    action_url: Annotated[
        str,
        Meta(
            pattern=r"^/v1/[a-z0-9/-]+$(?!\n)",
            max_length=200,
            examples=["/v1/calls/01920f71-0b52-7d0e-8b1a-5d7c1f0e2a44/quality"],
        ),
    ]
    given_at: Moment
    read: bool
    read_at: Moment | None

    @classmethod
    def of(cls, notice: MemberNotice) -> "NoticeBody":
        return cls(
            id=notice.id,
            type=notice.kind,
            title=notice.title,
            message=notice.message,
            action_url=notice.action_url,
            given_at=notice.given_at,
            read=notice.read_at is not None,
            read_at=notice.read_at,
        )


class NoticePage(Output, frozen=True):
    """`unread` counts all of yours, on whatever page."""

    items: Annotated[Sequence[NoticeBody], Meta(max_length=LARGEST_PAGE)]
    unread: Count
    next: Next | None


class NoticesReadBody(Output, frozen=True):
    """How many had not been read before."""

    read: Count

    @classmethod
    def of(cls, read: int) -> "NoticesReadBody":
        return cls(read=read)


class NoticeChoiceInput(Input, frozen=True):
    """What not to be told of; all other types are told."""

    unwanted: Kinds


class NoticeChoiceBody(Output, frozen=True):
    types: Kinds
    unwanted: Kinds

    @classmethod
    def of(cls, unwanted: Collection[NoticeKind]) -> "NoticeChoiceBody":
        return cls(types=[*NoticeKind], unwanted=[kind for kind in NoticeKind if kind in unwanted])
