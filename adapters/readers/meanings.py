"""What passages mean, in SQL."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Executable, Uuid, bindparam, select

from adapters.schema.documentation import passage_vectors, passages
from domain.documentation.meaning import Meaning, Vector
from domain.kernel.identifiers import OrganizationId


def vectors_of(
    connection: Connection,
    organization_id: OrganizationId,
    numbers: Sequence[int],
    meant: Meaning,
) -> Mapping[int, Vector]:
    """By number, as the same model sees them; nothing of those that have none."""
    given = {
        "p_organization_id": organization_id,
        "p_model": meant.model,
        "p_numbers": numbers,
    }
    return {row.number: row.vector for row in connection.execute(_asking(), given)}


@lru_cache(maxsize=1)
def _asking() -> Executable:
    ours: BindParameter[Any] = bindparam("p_organization_id", type_=Uuid())
    return (
        select(passages.c.number, passage_vectors.c.vector)
        .join_from(passages, passage_vectors, passage_vectors.c.digest == passages.c.digest)
        .where(
            passages.c.organization_id == ours,
            passage_vectors.c.organization_id == ours,
            passage_vectors.c.model == bindparam("p_model"),
            passages.c.number.in_(bindparam("p_numbers", expanding=True)),
        )
    )
