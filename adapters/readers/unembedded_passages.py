"""Passages in SQL that have no vector yet."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import BindParameter, Executable, Row, Uuid, bindparam, select

from adapters.schema.documentation import passage_vectors, passages
from adapters.sql.database import Database
from application.documentation.embed_passages import Unembedded, UnembeddedPassages
from domain.kernel.actors import Actor


@attrs.frozen
class SqlUnembeddedPassages(UnembeddedPassages):
    database: Database

    async def after(
        self, actor: Actor, number: int, *, model: str, limit: int
    ) -> Sequence[Unembedded]:
        given = {
            "p_organization_id": actor.organization_id,
            "p_number": number,
            "p_model": model,
            "p_limit": limit,
        }
        return await self.database.read(
            lambda connection: list(map(_unembedded, connection.execute(_asking(), given))),
            of=actor.organization_id,
        )


@lru_cache(maxsize=1)
def _asking() -> Executable:
    ours: BindParameter[Any] = bindparam("p_organization_id", type_=Uuid())
    theirs = (
        (passage_vectors.c.organization_id == passages.c.organization_id)
        & (passage_vectors.c.digest == passages.c.digest)
        & (passage_vectors.c.model == bindparam("p_model"))
    )
    return (
        select(passages.c.number, passages.c.digest, passages.c.headings, passages.c.body)
        .outerjoin_from(passages, passage_vectors, theirs)
        .where(
            passages.c.organization_id == ours,
            passages.c.number > bindparam("p_number"),
            passage_vectors.c.digest.is_(None),
        )
        .order_by(passages.c.number)
        .limit(bindparam("p_limit"))
    )


def _unembedded(row: Row[Any]) -> Unembedded:
    return Unembedded(number=row.number, digest=row.digest, path=row.headings, text=row.body)
