"""Rows that come many at a time, each taken or refused for itself."""

from typing import Any

import attrs

from domain.kernel.refusals import Invalid, Refusal


@attrs.frozen(kw_only=True)
class Row:
    """`line` is where it stood in its source, the first being 1; `weight` is how much it makes."""

    line: int
    value: Any
    weight: int = 1


@attrs.frozen(kw_only=True)
class RowRefused:
    """Why a row was not taken. `field` names the member that is to blame, if one is."""

    line: int
    code: str
    field: str
    detail: str

    @classmethod
    def because(cls, line: int, refusal: Refusal) -> "RowRefused":
        field = refusal.field if isinstance(refusal, Invalid) else ""
        return cls(line=line, code=refusal.code, field=field, detail=str(refusal))
