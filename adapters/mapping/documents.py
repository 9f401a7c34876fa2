"""Documents from their rows."""

from typing import Any

from sqlalchemy import Row

from domain.documentation.documents import Contents, Document, DocumentFormat
from domain.kernel.identifiers import DocumentId


def document_of(row: Row[Any]) -> Document:
    return Document(
        id=DocumentId(row.id),
        title=row.title,
        contents=Contents(
            format=DocumentFormat(row.format),
            size=row.size,
            digest=row.digest,
            passages=row.passages,
        ),
        handed_in_at=row.handed_in_at,
        language=row.language,
        release=row.release,
        version=row.version,
    )
