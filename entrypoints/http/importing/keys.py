"""What things are called where they come from."""

from typing import Annotated
from uuid import UUID, uuid5

from msgspec import Meta

from domain.kernel.identifiers import OrganizationId, ResourceId
from entrypoints.http.shapes import ONE_LINE

Key = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        min_length=1,
        max_length=100,
        description="The name it has where it comes from.",
    ),
]


def keyed(organization_id: OrganizationId, key: str) -> ResourceId:
    """The same id for the same name, every time (UUIDv5, RFC 9562)."""
    return ResourceId(uuid5(organization_id, key))


def keyed_among(what: str, organization_id: OrganizationId, key: str) -> UUID:
    """The same, among things of a sort, which may be called as things of another are."""
    return uuid5(organization_id, f"{what}\n{key}")
