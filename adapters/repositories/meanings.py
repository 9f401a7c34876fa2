"""Vectors of passages in SQL, by what the passages say."""

from collections.abc import Mapping

import attrs
from sqlalchemy import delete, select, update

from adapters.schema.documentation import libraries, passage_vectors, passages
from adapters.sql.bulk import Bulk
from adapters.sql.scope import Scope
from application.documentation.embed_passages import Meanings, MeaningWork
from domain.documentation.meaning import Vector

KEPT = Bulk.into(passage_vectors).replacing("model", "vector")


@attrs.frozen
class SqlMeanings(Meanings):
    scope: Scope

    def keep(self, vectors: Mapping[str, Vector], *, model: str) -> None:
        rows = [
            {"digest": digest, "model": model, "vector": vectors[digest]}
            for digest in sorted(vectors)
        ]
        self.scope.write(KEPT, rows)
        self.scope.execute(
            update(libraries)
            .where(self.scope.owns(libraries))
            .values(edition=libraries.c.edition + 1)
        )

    def drop_unused(self) -> None:
        used = select(passages.c.digest).where(self.scope.owns(passages))
        self.scope.execute(
            delete(passage_vectors).where(
                self.scope.owns(passage_vectors), passage_vectors.c.digest.not_in(used)
            )
        )


@attrs.frozen
class SqlMeaningWork(MeaningWork):
    meanings: SqlMeanings

    @classmethod
    def on(cls, scope: Scope) -> "SqlMeaningWork":
        return cls(SqlMeanings(scope))
