"""Telephone numbers of the desk, from their rows and to them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Executable, Row, bindparam, select

from adapters.schema.phone_numbers import phone_numbers
from domain.calls.desk_numbers import (
    Capability,
    DeskNumber,
    NumberStatus,
    NumberTerms,
    Order,
    Ordered,
    RingsFor,
)


@lru_cache(maxsize=1)
def one_desk_number() -> Executable:
    """Deleted ones are not found any more."""
    return select(phone_numbers).where(
        phone_numbers.c.organization_id == bindparam("p_organization_id"),
        phone_numbers.c.id == bindparam("p_id"),
        phone_numbers.c.deleted_at.is_(None),
    )


def desk_number_of(row: Row[Any]) -> DeskNumber:
    return DeskNumber(
        id=row.id,
        number=row.number,
        provider=row.provider,
        terms=NumberTerms(
            label=row.label,
            status=NumberStatus(row.status),
            capabilities=tuple(Capability(word) for word in row.capabilities),
            primary=row.is_primary,
            rings_for=rings_for_of(row),
        ),
        order=(
            None if row.ordered is None else Order(Ordered(row.ordered), asked_at=row.ordered_at)
        ),
        reference=row.reference,
        deleted_at=row.deleted_at,
        version=row.version,
    )


def rings_for_of(row: Row[Any]) -> RingsFor:
    return RingsFor(
        agent_id=row.agent_id,
        queue_id=row.queue_id,
        department=row.department,
        template=row.template,
    )


def columns_of_desk_number(number: DeskNumber) -> Mapping[str, Any]:
    terms = number.terms
    return {
        "number": number.number,
        "provider": number.provider,
        "label": terms.label,
        "status": terms.status.value,
        "capabilities": [one.value for one in terms.capabilities],
        "is_primary": terms.primary,
        "agent_id": terms.rings_for.agent_id,
        "queue_id": terms.rings_for.queue_id,
        "department": terms.rings_for.department,
        "template": terms.rings_for.template,
        "ordered": None if number.order is None else number.order.what.value,
        "ordered_at": None if number.order is None else number.order.asked_at,
        "reference": number.reference,
        "deleted_at": number.deleted_at,
    }
