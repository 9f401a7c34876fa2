"""Anchors of the audit trail in a file: one line of JSON each, to be kept somewhere else."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import msgspec

from application.kernel.audit import Anchor
from domain.kernel.identifiers import OrganizationId


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    organization_id: UUID
    position: int
    link: str


class BadAnchors(Exception):
    """The file is not one that `frontdesk audit` has written."""


def line_of(anchor: Anchor) -> str:
    line = Line(anchor.organization_id, anchor.position, anchor.link.hex())
    return msgspec.json.encode(line).decode()


def anchors_in(path: Path) -> Iterator[Anchor]:
    """Raises BadAnchors."""
    try:
        for text in path.read_text().splitlines():
            line = msgspec.json.decode(text, type=Line)
            yield Anchor(
                organization_id=OrganizationId(line.organization_id),
                position=line.position,
                link=bytes.fromhex(line.link),
            )
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        raise BadAnchors(f"{path} cannot be read as anchors") from error
