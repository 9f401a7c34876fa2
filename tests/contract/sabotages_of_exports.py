"""What may go wrong with files of exports, and the promise that it breaks."""

from datetime import timedelta
from uuid import UUID, uuid4

from adapters.schema.exports import export_parts, exports
from tests.contract.sabotages import Saboteur, breaks
from tests.samples import NOW


def export(saboteur: Saboteur, *, parts: int, size: int) -> UUID:
    export_id = uuid4()
    saboteur.insert(
        exports,
        id=export_id,
        version=1,
        report="calls",
        format="csv",
        state="completed",
        requested_by=uuid4(),
        requested_at=NOW,
        expires_at=NOW + timedelta(days=7),
        ended_at=NOW,
        rows=1,
        all_read=True,
        waiting=0,
        parts=parts,
        size=size,
        ordered={},
    )
    return export_id


def part(saboteur: Saboteur, export_id: UUID, number: int) -> None:
    saboteur.insert(
        export_parts, export_id=export_id, waiting=False, number=number, size=3, content=b""
    )


@breaks("exports_have_all_parts")
def lose_a_part(saboteur: Saboteur) -> UUID:
    export_id = export(saboteur, parts=2, size=6)
    part(saboteur, export_id, 0)
    return export_id


@breaks("exports_have_all_parts")
def write_a_part_twice(saboteur: Saboteur) -> UUID:
    export_id = export(saboteur, parts=1, size=3)
    part(saboteur, export_id, 0)
    part(saboteur, export_id, 1)
    return export_id
