"""Imports, from their rows, and what they bring, from documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row as SqlRow

from adapters.mapping.kinds import converter
from application.bookings.import_past_bookings import PastBookingRow
from application.bookings.take_bookings import BookingRow
from application.bookings.take_contacts import ContactRow
from application.documentation.take_documents import DocumentRow
from application.inventory.import_offerings import OfferingRow
from application.inventory.import_openings import OpeningRow
from application.kernel.rows import Row, RowRefused
from domain.calls.past import PastCall
from domain.pipelines.imports import Import, ImportState, ImportTarget

WHAT_ROWS_SAY: Mapping[ImportTarget, type] = {
    ImportTarget.OFFERINGS: OfferingRow,
    ImportTarget.POOLS: OpeningRow,
    ImportTarget.PAST_BOOKINGS: PastBookingRow,
    ImportTarget.PAST_CALLS: PastCall,
    ImportTarget.BOOKINGS: BookingRow,
    ImportTarget.CONTACTS: ContactRow,
    ImportTarget.DOCUMENTS: DocumentRow,
}


def import_of(row: SqlRow[Any]) -> Import:
    return Import(
        id=row.id,
        target=ImportTarget(row.target),
        state=ImportState(row.state),
        rows=row.rows,
        taken=row.taken,
        refused=row.refused,
        version=row.version,
    )


def documents_of(rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [{"line": row.line, "value": converter.unstructure(row.value)} for row in rows]


def rows_of(target: ImportTarget, documents: Sequence[Mapping[str, Any]]) -> Sequence[Row]:
    said = WHAT_ROWS_SAY[target]
    return [
        Row(line=document["line"], value=converter.structure(document["value"], said))
        for document in documents
    ]


def refused_of(row: SqlRow[Any]) -> RowRefused:
    return RowRefused(line=row.line, code=row.code, field=row.field, detail=row.detail)
