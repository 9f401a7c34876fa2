"""Files of exports have all the parts that they are said to have."""

from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select

from adapters.readers.verification_checks import Check
from adapters.schema.exports import export_parts, exports


def export_checks() -> Sequence[Check]:
    return (_exports_have_all_parts(),)


def _exports_have_all_parts() -> Check:
    of_file = export_parts.c.waiting.is_(False)
    parts = func.count(export_parts.c.number).filter(of_file)
    size = func.coalesce(func.sum(export_parts.c.size).filter(of_file), 0)
    last = func.coalesce(func.max(export_parts.c.number).filter(of_file), -1)
    waiting = func.count(export_parts.c.number).filter(export_parts.c.waiting)
    return Check(
        name="exports_have_all_parts",
        question=select(
            exports.c.organization_id,
            exports.c.id.label("subject"),
            exports.c.parts,
            exports.c.size,
            parts.label("found_parts"),
            size.label("found_size"),
        )
        .outerjoin(
            export_parts,
            and_(
                export_parts.c.organization_id == exports.c.organization_id,
                export_parts.c.export_id == exports.c.id,
            ),
        )
        .group_by(
            exports.c.organization_id,
            exports.c.id,
            exports.c.parts,
            exports.c.size,
            exports.c.waiting,
        )
        .having(
            or_(
                parts != exports.c.parts,
                size != exports.c.size,
                last != exports.c.parts - 1,
                waiting != exports.c.waiting,
            )
        ),
        detail="has {parts} parts of {size} bytes, and there are {found_parts} of {found_size}",
    )
