"""Dispositions, from their rows."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Executable, Row, bindparam, select

from adapters.schema.dispositions import dispositions
from domain.calls.dispositions import Disposition


@lru_cache(maxsize=1)
def one_disposition() -> Executable:
    return select(dispositions).where(
        dispositions.c.organization_id == bindparam("p_organization_id"),
        dispositions.c.id == bindparam("p_id"),
    )


def disposition_of(row: Row[Any]) -> Disposition:
    return Disposition(id=row.id, label=row.label, active=row.active, version=row.version)
