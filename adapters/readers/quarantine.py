"""What pipelines could not take, as readers see it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Connection, Row, select

from adapters.mapping.pipelines import PLAIN
from adapters.mapping.sealed_parts import SEALED, place_of
from adapters.readers.pipelines import one_pipeline
from adapters.schema.data_keys import data_keys
from adapters.schema.pipelines import quarantined_rows
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from adapters.sql.vaults import vault_of
from application.kernel.pages import Page, Slice
from application.pipelines.pipeline_ports import Quarantined
from application.pipelines.pipeline_views import QuarantineViews
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId, PipelineId


@attrs.frozen
class SqlQuarantineViews(QuarantineViews):
    database: Database

    async def rows(
        self, actor: Actor, pipeline_id: PipelineId, *, code: str | None, slice: Slice
    ) -> Page[Quarantined]:
        owner = actor.organization_id
        question = _of(owner, pipeline_id)
        if code is not None:
            question = question.where(quarantined_rows.c.code == code)

        def ask(it: Connection) -> Page[Quarantined]:
            one_pipeline(it, owner, pipeline_id)
            return page_of(
                it, question, (quarantined_rows.c.key,), slice, lambda row: _opened(it, row)
            )

        return await self.database.read(ask, of=owner)

    async def records(
        self, actor: Actor, pipeline_id: PipelineId, *, after: str | None, limit: int
    ) -> Sequence[Quarantined]:
        owner = actor.organization_id
        question = _of(owner, pipeline_id).order_by(quarantined_rows.c.key).limit(limit)
        if after is not None:
            question = question.where(quarantined_rows.c.key > UUID(after))
        return await self.database.read(
            lambda it: [_opened(it, row) for row in it.execute(question).all()], of=owner
        )


def _of(owner: OrganizationId, pipeline_id: PipelineId) -> Any:
    """With the key that opens each, if there is one."""
    return (
        select(quarantined_rows, data_keys.c.wrapped)
        .outerjoin(
            data_keys,
            (data_keys.c.organization_id == quarantined_rows.c.organization_id)
            & (data_keys.c.id == quarantined_rows.c.key),
        )
        .where(
            quarantined_rows.c.organization_id == owner,
            quarantined_rows.c.pipeline_id == pipeline_id,
        )
    )


def _opened(it: Connection, row: Row[Any]) -> Quarantined:
    document: Mapping[str, Any] = json.loads(_text(it, row))
    return Quarantined(
        key=row.key,
        name=document.get("name", ""),
        code=row.code,
        field=row.field,
        detail=row.detail,
        record=document.get("record"),
    )


def _text(it: Connection, row: Row[Any]) -> str | bytes:
    if row.record is None:
        return "{}"
    if SEALED not in row.record:
        text: str = row.record[PLAIN]
        return text
    if row.wrapped is None:
        return "{}"
    place = place_of(row.organization_id, row.key)
    return vault_of(it).open(row.wrapped, row.record[SEALED], place)
