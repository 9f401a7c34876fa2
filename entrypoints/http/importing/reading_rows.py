"""From the text of a file to what an import is started with."""

from collections.abc import Iterable

import attrs

from application.kernel.rows import Row, RowRefused
from domain.kernel.identifiers import OrganizationId
from domain.pipelines.imports import ImportTarget
from entrypoints.http.importing.lines import Format, lines_of
from entrypoints.http.importing.row_shapes import understood


@attrs.frozen(kw_only=True)
class Understood:
    rows: tuple[Row, ...]
    refused: tuple[RowRefused, ...]


def read_rows(
    target: ImportTarget, format: Format, lines: Iterable[str], organization_id: OrganizationId
) -> Understood:
    """Every row, good or bad; a bad one keeps none of the others out. Raises BadHeader."""
    rows: list[Row] = []
    refused: list[RowRefused] = []
    for line in lines_of(format, lines):
        said = line if isinstance(line, RowRefused) else understood(target, line, organization_id)
        if isinstance(said, Row):
            rows.append(said)
        else:
            refused.append(said)
    return Understood(rows=tuple(rows), refused=tuple(refused))
