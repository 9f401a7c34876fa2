"""Call templates, from their rows and to them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Executable, Row, bindparam, select

from adapters.schema.call_templates import call_templates
from domain.calls.templates import CallTemplate, Wording


@lru_cache(maxsize=1)
def one_call_template() -> Executable:
    """Deleted ones are not found any more."""
    return select(call_templates).where(
        call_templates.c.organization_id == bindparam("p_organization_id"),
        call_templates.c.id == bindparam("p_id"),
        call_templates.c.deleted_at.is_(None),
    )


def call_template_of(row: Row[Any]) -> CallTemplate:
    return CallTemplate(
        id=row.id,
        wording=Wording(label=row.label, greeting=row.greeting, instructions=row.instructions),
        deleted_at=row.deleted_at,
        version=row.version,
    )


def columns_of_call_template(template: CallTemplate) -> Mapping[str, Any]:
    return {
        "label": template.wording.label,
        "greeting": template.wording.greeting,
        "instructions": template.wording.instructions,
        "deleted_at": template.deleted_at,
    }
