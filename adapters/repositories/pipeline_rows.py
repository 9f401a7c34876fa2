"""What pipelines have brought, and what they could not, in SQL."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Select, bindparam, delete, func, select, update

from adapters.mapping.pipelines import PLAIN
from adapters.mapping.sealed_parts import SEALED
from adapters.repositories.seals import Seals
from adapters.schema.pipelines import pipeline_rows, quarantined_rows, run_pages
from adapters.sql.bulk import Bulk
from adapters.sql.scope import Scope
from application.pipelines.pipeline_ports import Kept, KeptRows, Quarantine, Quarantined
from domain.kernel.identifiers import PipelineId, RunId
from domain.pipelines.records import storable

KEEPING = Bulk.into(pipeline_rows).replacing("digest", "vanished")
QUARANTINING = Bulk.into(quarantined_rows).replacing(
    "run_id", "code", "field", "detail", "record", "at"
)
BYTES = 16
MARKED_AT_ONCE = 500


@lru_cache(maxsize=1)
def _known() -> Select[Any]:
    kept = pipeline_rows.c
    return select(kept.key, kept.digest, kept.vanished).where(
        kept.organization_id == bindparam("owner"),
        kept.pipeline_id == bindparam("pipeline"),
        kept.key.in_(bindparam("keys", expanding=True)),
    )


@attrs.frozen
class SqlKeptRows(KeptRows):
    scope: Scope

    def known(self, pipeline_id: PipelineId, keys: Collection[UUID]) -> Mapping[UUID, Kept]:
        if not keys:
            return {}
        found = self.scope.ask(
            _known(),
            {"owner": self.scope.organization_id, "pipeline": pipeline_id, "keys": list(keys)},
        )
        return {row.key: Kept(row.digest, row.vanished) for row in found}

    def count(self, pipeline_id: PipelineId) -> int:
        question = (
            select(func.count())
            .select_from(pipeline_rows)
            .where(
                self.scope.owns(pipeline_rows),
                pipeline_rows.c.pipeline_id == pipeline_id,
                pipeline_rows.c.vanished.is_(False),
            )
        )
        number: int = self.scope.ask(question).scalar_one()
        return number

    def keep(self, pipeline_id: PipelineId, digests: Mapping[UUID, str]) -> None:
        if digests:
            rows = [
                {"pipeline_id": pipeline_id, "key": key, "digest": digest, "vanished": False}
                for key, digest in sorted(digests.items())
            ]
            self.scope.write(KEEPING, rows)

    def note_seen(self, run_id: RunId, page: int, keys: Sequence[UUID]) -> None:
        packed = b"".join(key.bytes for key in keys)
        self.scope.add(run_pages, run_id=run_id, page=page, seen=packed)

    def unseen(self, pipeline_id: PipelineId, run_id: RunId) -> Sequence[UUID]:
        pages = select(run_pages.c.seen).where(
            self.scope.owns(run_pages), run_pages.c.run_id == run_id
        )
        seen = {
            packed[start : start + BYTES]
            for packed in self.scope.ask(pages).scalars()
            for start in range(0, len(packed), BYTES)
        }
        known = select(pipeline_rows.c.key).where(
            self.scope.owns(pipeline_rows),
            pipeline_rows.c.pipeline_id == pipeline_id,
            pipeline_rows.c.vanished.is_(False),
        )
        return sorted(key for key in self.scope.ask(known).scalars() if key.bytes not in seen)

    def mark_vanished(self, pipeline_id: PipelineId, keys: Sequence[UUID]) -> None:
        for first in range(0, len(keys), MARKED_AT_ONCE):
            self.scope.execute(
                update(pipeline_rows)
                .where(
                    self.scope.owns(pipeline_rows),
                    pipeline_rows.c.pipeline_id == pipeline_id,
                    pipeline_rows.c.key.in_(keys[first : first + MARKED_AT_ONCE]),
                )
                .values(vanished=True)
            )

    def forget_seen(self, run_id: RunId) -> None:
        self.scope.execute(
            delete(run_pages).where(self.scope.owns(run_pages), run_pages.c.run_id == run_id)
        )


@attrs.frozen
class SqlQuarantine(Quarantine):
    """Records may say whose they are: each is sealed with a key of its own."""

    scope: Scope

    def put(
        self, pipeline_id: PipelineId, run_id: RunId, rows: Sequence[Quarantined], *, now: datetime
    ) -> None:
        if not rows:
            return
        latest = {row.key: row for row in rows}
        seals = Seals(self.scope)
        if self.scope.vault.is_set_up:
            seals.forget(*latest)
        written = [
            {
                "pipeline_id": pipeline_id,
                "key": row.key,
                "run_id": run_id,
                "code": row.code,
                "field": storable(row.field, 200),
                "detail": storable(row.detail, 2000),
                "record": self._document(seals, row),
                "at": now,
            }
            for row in latest.values()
        ]
        self.scope.write(QUARANTINING, written)
        for key in latest:
            seals.keep_key(key)

    def _document(self, seals: Seals, row: Quarantined) -> Any:
        if row.record is None:
            return None
        # A text of JSON, in which there is nothing that JSON in a database may not have.
        text = json.dumps({"name": row.name, "record": row.record})
        if not self.scope.vault.is_set_up:
            return {PLAIN: text}
        return {SEALED: seals.whole(row.key, text.encode())}

    def release(self, pipeline_id: PipelineId, keys: Collection[UUID]) -> None:
        if not keys or not self._has_any(pipeline_id):
            return
        released = self.scope.execute(
            delete(quarantined_rows)
            .where(
                self.scope.owns(quarantined_rows),
                quarantined_rows.c.pipeline_id == pipeline_id,
                quarantined_rows.c.key.in_(sorted(keys)),
            )
            .returning(quarantined_rows.c.key)
        )
        if (gone := released.scalars().all()) and self.scope.vault.is_set_up:
            Seals(self.scope).forget(*gone)

    def _has_any(self, pipeline_id: PipelineId) -> bool:
        question = (
            select(quarantined_rows.c.key)
            .where(
                self.scope.owns(quarantined_rows), quarantined_rows.c.pipeline_id == pipeline_id
            )
            .limit(1)
        )
        return self.scope.ask(question).first() is not None
