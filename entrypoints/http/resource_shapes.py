"""Resources in JSON."""

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from domain.inventory.resources import Changes, Resource, ResourceState
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import Zone
from entrypoints.http.kinds.registry import OfferingBody, OfferingInput, offering_body
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import (
    MOST_UNITS,
    ONE_LINE,
    Identifier,
    Input,
    Moment,
    Name,
    Output,
    Version,
    ZoneName,
)

MOST_KEYWORDS = 50

Description = Annotated[
    str,
    Meta(
        max_length=4000,
        pattern=r"^[^\x00]*$(?!\n)",
        description="Plain text, of any number of lines.",
        examples=["High above the harbour, with a balcony."],
    ),
]
Category = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=100, examples=["Wine tours"])
]
Keyword = Annotated[str, Meta(pattern=ONE_LINE, min_length=1, max_length=40, examples=["quiet"])]
Keywords = Annotated[
    tuple[Keyword, ...], Meta(max_length=MOST_KEYWORDS, examples=[["quiet", "sea view"]])
]
LowAt = Annotated[
    int,
    Meta(
        ge=0,
        le=MOST_UNITS,
        description="So many units left are few; if null, three, or a fifth if that is more.",
        examples=[5],
    ),
]


class ResourceInput(Input, frozen=True):
    """`stock_id` names the resource whose units this one sells, if it has none of its own."""

    name: Name
    zone: ZoneName
    offering: OfferingInput
    stock_id: Identifier | None = None
    state: Literal["draft", "published"] = "published"
    description: Description = ""
    category: Category | None = None
    keywords: Keywords = ()
    low_at: LowAt | None = None

    @property
    def stock(self) -> ResourceId | None:
        return None if self.stock_id is None else ResourceId(self.stock_id)


class ResourceChangesInput(Input, frozen=True):
    """What is not there stays as it is (RFC 7396)."""

    name: Name | UnsetType = UNSET
    zone: ZoneName | UnsetType = UNSET
    offering: OfferingInput | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    category: Category | UnsetType | None = UNSET
    keywords: Keywords | UnsetType = UNSET
    low_at: LowAt | UnsetType | None = UNSET

    def changes(self) -> Changes:
        """Raises UnknownZone and what the kind refuses."""
        changes = Changes()
        if self.name is not UNSET:
            changes["name"] = self.name
        if self.zone is not UNSET:
            changes["zone"] = Zone(self.zone)
        if self.offering is not UNSET:
            changes["offering"] = self.offering.offering()
        if self.description is not UNSET:
            changes["description"] = self.description
        if self.category is not UNSET:
            changes["category"] = self.category
        if self.keywords is not UNSET:
            changes["keywords"] = self.keywords
        if self.low_at is not UNSET:
            changes["low_at"] = self.low_at
        return changes


class ResourceBody(Output, frozen=True):
    id: Identifier
    version: Version
    name: Name
    zone: ZoneName
    offering: OfferingBody
    stock_id: Identifier | None
    state: ResourceState
    deleted_at: Moment | None
    description: Description
    category: Category | None
    keywords: Keywords
    low_at: LowAt | None

    @classmethod
    def of(cls, resource: Resource) -> "ResourceBody":
        return cls(
            id=resource.id,
            version=resource.version,
            name=resource.name,
            zone=resource.zone.name,
            offering=offering_body(resource.offering),
            stock_id=resource.stock_id,
            state=resource.state,
            deleted_at=resource.deleted_at,
            description=resource.description,
            category=resource.category,
            keywords=resource.keywords,
            low_at=resource.low_at,
        )


class ResourcePage(Output, frozen=True):
    items: Annotated[Sequence[ResourceBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
