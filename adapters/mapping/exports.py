"""Exports, from their rows and to them."""

from typing import Any

from sqlalchemy import Row

from adapters.sql.documents import new_converter
from domain.analytics.exports import Export, ExportState, Ordered
from domain.kernel.identifiers import ExportId

converter = new_converter()


def export_of(row: Row[Any]) -> Export:
    return Export(
        id=ExportId(row.id),
        version=row.version,
        ordered=converter.structure(row.ordered, Ordered),
        state=ExportState(row.state),
        requested_at=row.requested_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        rows=row.rows,
        after=None if row.after is None else tuple(row.after),
        all_read=row.all_read,
        waiting=row.waiting,
        parts=row.parts,
        size=row.size,
        problem=row.problem,
    )


def values_of(export: Export) -> dict[str, Any]:
    ordered = export.ordered
    return {
        "report": ordered.report,
        "format": ordered.format.value,
        "state": export.state.value,
        "requested_by": ordered.by,
        "requested_at": export.requested_at,
        "expires_at": export.expires_at,
        "ended_at": export.ended_at,
        "rows": export.rows,
        "after": None if export.after is None else list(export.after),
        "all_read": export.all_read,
        "waiting": export.waiting,
        "parts": export.parts,
        "size": export.size,
        "problem": export.problem,
        "ordered": converter.unstructure(ordered),
    }
