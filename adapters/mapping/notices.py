"""Notices between their table and the domain."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from domain.notifications.member_notices import MemberNotice, NoticeKind


def columns_of(notice: MemberNotice) -> Mapping[str, Any]:
    return {
        "id": notice.id,
        "member_id": notice.member_id,
        "kind": notice.kind.value,
        "about": notice.about,
        "given_at": notice.given_at,
        "read_at": notice.read_at,
    }


def notice_of(row: Row[Any]) -> MemberNotice:
    return MemberNotice(
        id=row.id,
        member_id=row.member_id,
        kind=NoticeKind(row.kind),
        about=row.about,
        given_at=row.given_at,
        read_at=row.read_at,
    )
