"""Passages that are quoted somewhere, in SQL: as they were, and since when they are no more."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Executable, Insert, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.schema.documentation import pages, passages, quoted_passages
from adapters.sql.scope import Scope
from application.documentation.quoting import QuotedPassage, QuotedPassages
from domain.documentation.feedback import PassageNotFound
from domain.kernel.identifiers import PassageId


@attrs.frozen
class SqlQuotedPassages(QuotedPassages):
    scope: Scope

    def remember(self, passage_id: PassageId) -> QuotedPassage:
        key = {"p_organization_id": self.scope.organization_id, "p_id": passage_id}
        row = self.scope.execute(_standing(), key).one_or_none()
        if row is None:
            raise PassageNotFound(passage_id)
        keeping = _keeping(self.scope.connection.dialect.name)
        self.scope.execute(
            keeping,
            {
                "organization_id": self.scope.organization_id,
                "id": passage_id,
                "site_id": row.site_id,
                "url": row.url,
                "anchor": row.anchor,
                "digest": row.digest,
                "headings": row.headings,
                "body": row.body,
            },
        )
        return QuotedPassage(
            id=passage_id,
            url=f"{row.url}#{row.anchor}" if row.anchor else row.url,
            path=tuple(row.headings),
            text=row.body,
            digest=row.digest,
            version=row.edition,
            fetched_at=row.fetched_at,
        )


def leave(scope: Scope, passage_ids: Sequence[UUID], *, at: datetime) -> None:
    """They are there no more; those that nobody has quoted need not be known."""
    keys = [
        {"p_organization_id": scope.organization_id, "p_id": id, "p_left_at": at}
        for id in passage_ids
    ]
    scope.execute(_leaving(), keys)


@lru_cache(maxsize=1)
def _standing() -> Executable:
    """Locked, so that whoever takes it away sees that it is quoted."""
    columns = (passages.c.anchor, passages.c.digest, passages.c.headings, passages.c.body)
    return (
        select(*columns, pages.c.site_id, pages.c.url, pages.c.edition, pages.c.fetched_at)
        .join_from(
            passages,
            pages,
            (pages.c.organization_id == passages.c.organization_id)
            & (pages.c.id == passages.c.page_id),
        )
        .where(
            passages.c.organization_id == bindparam("p_organization_id"),
            pages.c.organization_id == bindparam("p_organization_id"),
            passages.c.id == bindparam("p_id"),
        )
        .with_for_update(read=True, of=passages)
    )


@lru_cache(maxsize=2)
def _keeping(dialect: str) -> Insert:
    new: Any = {"postgresql": postgresql, "sqlite": sqlite}[dialect].insert(quoted_passages)
    keeping: Insert = new.on_conflict_do_nothing(index_elements=["organization_id", "id"])
    return keeping


@lru_cache(maxsize=1)
def _leaving() -> Executable:
    return (
        update(quoted_passages)
        .where(
            quoted_passages.c.organization_id == bindparam("p_organization_id"),
            quoted_passages.c.id == bindparam("p_id"),
        )
        .values(left_at=bindparam("p_left_at", type_=quoted_passages.c.left_at.type))
    )
