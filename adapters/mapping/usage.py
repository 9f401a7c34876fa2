"""Counting what an organization has that is live, in one statement."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, Row, Table, Uuid, bindparam, func, or_, select

from adapters.schema.blocks import blocks
from adapters.schema.bookings import bookings
from adapters.schema.identity import api_keys
from adapters.schema.inventory import resources
from adapters.schema.metadata import Moment
from adapters.schema.people import members
from adapters.schema.waiting import waiting_entries
from domain.bookings.life import TAKING_UNITS
from domain.identity.usage import Usage

OURS = bindparam("p_organization_id", type_=Uuid())
NOW = bindparam("p_now", type_=Moment())


@lru_cache(maxsize=1)
def counting() -> Executable:
    expires = api_keys.c.expires_at
    taking = [state.value for state in TAKING_UNITS]
    return select(
        _count(
            api_keys, api_keys.c.revoked_at.is_(None), or_(expires.is_(None), expires > NOW)
        ).label("api_keys"),
        _count(members, members.c.state != "deactivated").label("members"),
        _count(resources, resources.c.state == "published").label("resources"),
        _count(bookings, bookings.c.state.in_(taking), bookings.c.ends_at > NOW).label("bookings"),
        _count(waiting_entries, waiting_entries.c.state.in_(["waiting", "offered"])).label(
            "waiting_entries"
        ),
        _count(blocks, blocks.c.state == "open").label("blocks"),
    )


def _count(table: Table, *conditions: ColumnElement[bool]) -> Any:
    return (
        select(func.count())
        .select_from(table)
        .where(table.c.organization_id == OURS, *conditions)
        .scalar_subquery()
    )


def counted(organization_id: UUID, now: datetime) -> dict[str, Any]:
    return {"p_organization_id": organization_id, "p_now": now}


def usage_of(row: Row[Any]) -> Usage:
    return Usage(
        api_keys=row.api_keys,
        members=row.members,
        resources=row.resources,
        bookings=row.bookings,
        waiting_entries=row.waiting_entries,
        blocks=row.blocks,
    )
